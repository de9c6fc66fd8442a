import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import type NodeEnvironment from './node-environment.ts';

const require = createRequire(import.meta.url);

// The package only says that it is not to be loaded: what it would export are the globals of the file that runs.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals'
      ? { url: new URL('globals.ts', import.meta.url).href, shortCircuit: true }
      : next(specifier, context),
});

const timeoutSymbol = Symbol.for('TEST_TIMEOUT_SYMBOL');
/** Where jest-circus keeps what it calls at each event. */
const handlersSymbol = Symbol.for('EVENT_HANDLERS');

/**
 * Node itself loads the tests, in place of jest's own module system: a worker reads each module once for all its files,
 * and reads TypeScript as the programs of this repository do. Only the test file itself is read anew. So a module may keep
 * nothing that a test changes, as in a Lambda function that is warm.
 */
export default class NodeRuntime {
  /** How often each file was read. */
  static readonly #reads = new Map<string, number>();
  readonly #environment: NodeEnvironment;

  constructor(_config: unknown, environment: NodeEnvironment) {
    this.#environment = environment;
  }

  /** jest-circus, which holds the tests of one file. */
  requireInternalModule(path: string): unknown {
    delete require.cache[path];
    Reflect.deleteProperty(globalThis, handlersSymbol);
    return require(path);
  }

  requireModule(path: string): unknown {
    return require(path);
  }

  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  /** Reads the test file. Only a second time needs another URL. Node keeps what it compiled of each URL for the next run. */
  unstable_importModule(path: string): Promise<unknown> {
    const reads = NodeRuntime.#reads.get(path) ?? 0;
    NodeRuntime.#reads.set(path, reads + 1);
    const { href } = pathToFileURL(path);
    return import(reads === 0 ? href : `${href}?again=${reads}`);
  }

  setGlobalsForRuntime(): void {
    const { moduleMocker, fakeTimersModern } = this.#environment;
    const jest = {
      fn: moduleMocker.fn.bind(moduleMocker),
      spyOn: moduleMocker.spyOn.bind(moduleMocker),
      clearAllMocks: () => moduleMocker.clearAllMocks(),
      restoreAllMocks: () => moduleMocker.restoreAllMocks(),
      useFakeTimers: (options: Parameters<typeof fakeTimersModern.useFakeTimers>[0]) =>
        fakeTimersModern.useFakeTimers(options),
      useRealTimers: () => fakeTimersModern.useRealTimers(),
      advanceTimersByTimeAsync: (milliseconds: number) =>
        fakeTimersModern.advanceTimersByTimeAsync(milliseconds),
      setTimeout: (milliseconds: number) => Reflect.set(globalThis, timeoutSymbol, milliseconds),
    };
    Object.assign(globalThis, { jest });
  }

  getSourceMaps(): Map<string, string> {
    return new Map();
  }

  getAllCoverageInfoCopy(): undefined {
    return undefined;
  }

  enterTestCode(): void {}
  leaveTestCode(): void {}
  teardown(): void {}
}
