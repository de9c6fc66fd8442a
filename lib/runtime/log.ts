import type { LogFields } from '../config/log-lines.ts';
import type { AlarmStep } from '../config/metrics.ts';
import { measure } from './metric.ts';

/** One object per line. Lambda's JSON log format adds time, level and request id, so no library is needed. */
export interface LogLine extends LogFields {
  /** What happened, as one word an operator can filter by. */
  step: string;
}

export const logInfo = (line: LogLine): void => console.info(line);
export const logWarning = (line: LogLine): void => console.warn(line);
export const logError = (line: LogLine): void => console.error(line);

/** Logs a step that raises an alarm, and counts it. */
export function logAlarm(step: AlarmStep, fields: LogFields): void {
  logError({ step, ...fields });
  measure(step, 1);
}

/** What a log may contain of an unexpected error: its class, never its message, which may quote a payload. */
export const errorClass = (error: unknown): string =>
  error instanceof Error ? error.name || error.constructor.name : typeof error;
