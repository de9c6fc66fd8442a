import type { AlarmStep } from '../config/alarms.ts';

/**
 * One object per line. Lambda's JSON log format adds time, level and request id, so no library is needed.
 * Fields are identifiers, states, counts and reasons of our own making: never a payload value, a secret or a URL.
 */
export interface LogLine {
  /** What happened, as one word an operator can filter by. */
  step: string;
  webhook?: string | undefined;
  eventId?: string | undefined;
  correlationId?: string | undefined;
  orderId?: string | undefined;
  returnId?: string | undefined;
  [field: string]: string | number | boolean | undefined;
}

export const logInfo = (line: LogLine): void => console.info(line);
export const logWarning = (line: LogLine): void => console.warn(line);
export const logError = (line: LogLine): void => console.error(line);

/** Logs that something needs somebody: an alarm rings. */
export const logAlarm = (step: AlarmStep, fields: Omit<LogLine, 'step'>): void =>
  logError({ step, ...fields });

/** What may be said of an unexpected error: its class, never its message, which may quote a payload. */
export const errorClass = (error: unknown): string =>
  error instanceof Error ? error.name || error.constructor.name : typeof error;
