import { format } from 'node:util';

/** Lambda's log levels, the least severe first. `console.log` counts as INFO. */
const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/**
 * A console call in Lambda's JSON log format: a single argument stays an object, several become text, and an error is
 * written with its type, message and stack.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function logLine(level: string, requestId: string | undefined, args: readonly unknown[]): string {
  const entry = { timestamp: new Date().toISOString(), level, requestId };
  const error = args.find((arg) => arg instanceof Error);
  if (args.length === 1) {
    try {
      return JSON.stringify({ ...entry, message: args[0] }, showErrors);
    } catch {
      return JSON.stringify({ ...entry, message: format(args[0]) });
    }
  }
  return JSON.stringify({ ...entry, message: format(...args), ...(error && errorFields(error)) });
}

const showErrors = (_key: string, value: unknown): unknown =>
  value instanceof Error ? { ...errorFields(value), ...value } : value;

export type ErrorFields = ReturnType<typeof errorFields>;

/** An error as Lambda writes it, into logs and into the answer of a failed invocation. */
export const errorFields = (error: Error) => ({
  errorType: error.name || error.constructor.name,
  errorMessage: error.message,
  stackTrace: error.stack?.split('\n') ?? [],
});

/** Makes the thread's `console` write Lambda's log lines, from the function's own log level up. */
export function logAsLambda(
  least: string,
  requestId: () => string | undefined,
  write: (line: string) => void,
): void {
  for (const method of ['trace', 'debug', 'log', 'info', 'warn', 'error'] as const) {
    const level = method === 'log' ? 'INFO' : method.toUpperCase();
    const isLogged = levels.indexOf(level) >= levels.indexOf(least);
    console[method] = (...args: unknown[]) => {
      if (isLogged) write(logLine(level, requestId(), args));
    };
  }
}
