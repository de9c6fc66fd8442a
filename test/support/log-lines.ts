import type { LogLine } from '../../lib/runtime/log.ts';

/** What the code under test has logged: kept here for tests to look at, instead of filling jest's output. */
export const logLines: LogLine[] = [];

const isLogLine = (line: unknown): line is LogLine =>
  typeof line === 'object' && line !== null && 'step' in line;

/** Begins anew, with the console as it is now: jest gives each test file one of its own. */
export function keepLogLines(): void {
  logLines.length = 0;
  for (const level of ['info', 'warn', 'error'] as const) {
    const print = console[level];
    console[level] = (...args: unknown[]) => {
      const [line] = args;
      if (isLogLine(line)) logLines.push(line);
      else print.apply(console, args);
    };
  }
}
