import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Addresses } from '../../../infra/local/identities.ts';
import type { Call } from './fault.ts';
import type { Tally } from './tally.ts';

export interface DisturbedThreadData {
  readonly addresses: Addresses;
  readonly seed: number;
}

type Counts = readonly (readonly [name: string, count: number])[];

export type FromDisturbedThread =
  | { readonly kind: 'ready'; readonly addresses: Addresses }
  | { readonly kind: 'igf answered'; readonly call: Call; readonly status: number; readonly body: string }
  | { readonly kind: 'counted'; readonly faults: Counts; readonly calls: Counts };

export interface DisturbedOptions {
  readonly seed: number;
  /** By service and kind. */
  readonly faults: Tally;
  /** By service. */
  readonly calls: Tally;
  /** Told of everything that IGF answered to a call that may change something. */
  readonly onIgfAnswer: (call: Call, status: number, body: string) => void;
}

/**
 * Puts a fault proxy before every service that a function calls, all in a thread of their own.
 * @returns the addresses of the proxies
 */
export async function disturbed(
  addresses: Addresses,
  { seed, faults, calls, onIgfAnswer }: DisturbedOptions,
): Promise<AsyncDisposable & { readonly addresses: Addresses }> {
  const workerData: DisturbedThreadData = { addresses, seed };
  const thread = new Worker(new URL('./disturbed-thread.ts', import.meta.url), { workerData, execArgv: [] });
  const ready = Promise.withResolvers<Addresses>();
  thread.on('message', (message: FromDisturbedThread) => {
    if (message.kind === 'ready') ready.resolve(message.addresses);
    if (message.kind === 'igf answered') onIgfAnswer(message.call, message.status, message.body);
    if (message.kind === 'counted') {
      for (const [name, count] of message.faults) faults.add(name, count);
      for (const [name, count] of message.calls) calls.add(name, count);
    }
  });
  void once(thread, 'error').then(([error]) => ready.reject(error));
  return {
    addresses: await ready.promise,
    [Symbol.asyncDispose]: async () => {
      await thread.terminate();
    },
  };
}
