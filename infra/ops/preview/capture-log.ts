import type { LogLine } from '../../../lib/runtime/log.ts';

const levels = ['info', 'warn', 'error'] as const;

/** Runs code of the worker, and gives each of its log lines to `onLine` instead of printing it. */
export async function captureLog<T>(onLine: (line: LogLine) => void, run: () => Promise<T>): Promise<T> {
  const print = levels.map((level) => console[level]);
  for (const level of levels) console[level] = onLine;
  try {
    return await run();
  } finally {
    for (const [at, level] of levels.entries()) console[level] = print[at] ?? console[level];
  }
}
