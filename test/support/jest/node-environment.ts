import { flushCompileCache } from 'node:module';
import { ModernFakeTimers } from '@jest/fake-timers';
import type { Config } from '@jest/types';
import { ModuleMocker } from 'jest-mock';

/** Where `jest.setTimeout` leaves its value for jest-circus. */
const timeoutSymbol = Symbol.for('TEST_TIMEOUT_SYMBOL');

/** Where tests run: in the world of the worker itself, and not in a context of each file. */
export default class NodeEnvironment {
  readonly global = globalThis;
  readonly moduleMocker = new ModuleMocker(globalThis);
  readonly fakeTimers = null;
  readonly fakeTimersModern: ModernFakeTimers;
  readonly #exit = process.exit;
  readonly #console = globalThis.console;
  readonly #environment = process.env;
  readonly #variables = { ...process.env };

  constructor({ projectConfig }: { readonly projectConfig: Config.ProjectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  async setup(): Promise<void> {
    Reflect.deleteProperty(globalThis, timeoutSymbol);
    // Jest maps the lines of compiled files. These are not compiled, and long stacks cost much where many errors are made.
    Error.prepareStackTrace = undefined as never;
    Error.stackTraceLimit = 20;
  }

  /** Jest measures with the clock of this process, which a test that was given up may have replaced. */
  handleTestEvent({ name }: { readonly name: string }): void {
    if (name === 'run_finish') this.moduleMocker.restoreAllMocks();
  }

  /** Takes back what jest and a file changed, so that the next file finds the world as this one did. */
  async teardown(): Promise<void> {
    this.fakeTimersModern.useRealTimers();
    this.moduleMocker.restoreAllMocks();
    process.exit = this.#exit;
    globalThis.console = this.#console;
    process.env = this.#environment;
    for (const name of Object.keys(process.env)) if (!(name in this.#variables)) delete process.env[name];
    Object.assign(process.env, this.#variables);
    // Node does this at the end of a process. Jest kills a worker whose end takes half a second, and nothing is kept then.
    flushCompileCache();
  }

  exportConditions(): string[] {
    return ['node', 'node-addons'];
  }

  getVmContext(): null {
    return null;
  }
}
