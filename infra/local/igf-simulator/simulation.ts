import { FaultQueue } from './faults.ts';
import { RequestLog } from './request-log.ts';
import { emptyStore, type Store } from './store.ts';

/** All that the simulator remembers between two requests, and the one place where it is forgotten. */
export class Simulation {
  readonly #apiKey: string;
  store: Store;
  faults = new FaultQueue();
  requests = new RequestLog();

  constructor(apiKey: string) {
    this.#apiKey = apiKey;
    this.store = emptyStore(apiKey);
  }

  forgetEverything(): void {
    this.store = emptyStore(this.#apiKey);
    this.faults = new FaultQueue();
    this.requests = new RequestLog();
  }
}
