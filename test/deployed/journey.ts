import { test } from '@jest/globals';

let failed: string | undefined;

/**
 * A step of a journey: it needs the steps before it, so after a failed one nothing runs. It prints when it begins, and
 * how long it took.
 */
export function step(name: string, work: () => Promise<void>): void {
  test(name, async () => {
    if (failed) {
      const error = new Error(`Not run, because this failed: ${failed}`);
      error.stack = error.message;
      throw error;
    }
    failed = name;
    const started = performance.now();
    process.stderr.write(`… ${name}\n`);
    await work();
    failed = undefined;
    process.stderr.write(`  ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  });
}
