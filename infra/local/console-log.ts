import { styleText } from 'node:util';
import * as z from 'zod/mini';
import { duration, printable } from '../cli/output.ts';
import type { InvocationAttempt } from './event-source.ts';
import type { GatewayEvent } from './http-api.ts';
import type { Failure } from './lambda-function.ts';
import type { ErrorFields } from './lambda-thread.ts';

export interface ConsoleLogOptions {
  readonly write: (line: string) => void;
  readonly colours: boolean;
  /** The local runtime's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  readonly timeZone?: string;
}

/** A line shows these fields and no other, so it never shows a value of a payload. */
const Step = z.looseObject({
  step: z.string(),
  webhook: z.optional(z.string()),
  eventId: z.optional(z.string()),
  orderId: z.optional(z.string()),
  returnId: z.optional(z.string()),
  operation: z.optional(z.string()),
  status: z.optional(z.union([z.string(), z.number()])),
  state: z.optional(z.string()),
  why: z.optional(z.string()),
  reason: z.optional(z.string()),
  faults: z.optional(z.string()),
  cause: z.optional(z.string()),
  inSeconds: z.optional(z.number()),
  reviewed: z.optional(z.number()),
  repaired: z.optional(z.number()),
  failed: z.optional(z.number()),
});
type Step = z.infer<typeof Step>;

const LoggedError = z.looseObject({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z._default(z.array(z.string()), []),
});
const LogEntry = z.looseObject({ level: z.string(), message: z.unknown() });

type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'bold' | 'dim';
const colourOf: Record<string, Colour> = {
  received: 'bold',
  called: 'cyan',
  attention: 'yellow',
  repaired: 'green',
  done: 'green',
  retry: 'yellow',
  'not-accepted': 'yellow',
  parked: 'red',
  quarantined: 'yellow',
  expiring: 'red',
  crashed: 'red',
  failed: 'red',
  trouble: 'red',
};

const shownFrames = 4;

/** Prints what happens to each webhook, one line for each step. */
export function consoleLog({ write, colours, now, timeZone }: ConsoleLogOptions) {
  const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', ...(timeZone && { timeZone }) });
  const paint = (colour: Colour, text: string): string =>
    colours ? styleText(colour, text, { validateStream: false }) : text;
  const print = (step: string, label: string, ...parts: (string | undefined)[]): void => {
    // Names and reasons may come from outside: no control characters reach the terminal.
    const text = printable(parts.filter((part) => part !== undefined && part !== '').join('  '));
    const colour = colourOf[step];
    const padded = label.padEnd(10);
    write(
      `${paint('dim', clock.format(now()))}  ${colour ? paint(colour, padded) : padded}  ${text}`.trimEnd(),
    );
  };
  const printError = (step: string, label: string, error: ErrorFields, ...where: string[]): void => {
    print(step, label, ...where, `${error.errorType}: ${error.errorMessage}`);
    const frames = error.stackTrace.filter((frame) => /^\s+at /.test(frame)).slice(0, shownFrames);
    for (const frame of frames) write(paint('dim', `            ${printable(frame)}`));
  };

  return {
    gateway: (event: GatewayEvent): void => {
      if (event.kind === 'received') print('received', 'received', webhookOf(event.route));
      else if (event.kind === 'answered') {
        print('not-accepted', 'answered', `${event.method} ${event.path}`, String(event.status));
      } else if (event.failure.kind !== 'stopped') {
        printError('crashed', 'crashed', event.failure, webhookOf(event.route));
      }
    },
    /** A line that a function logged. */
    functionLog: (functionName: string, line: string) => {
      const json = parseJson(line);
      const entry = z.safeParse(LogEntry, json);
      if (!entry.success) {
        // Not in Lambda's log format: text, such as Node's own warnings, is printed; a metric is not.
        if (json === undefined && line.trim()) print('log', 'log', functionName, line);
        return;
      }
      const { level, message } = entry.data;
      const step = z.safeParse(Step, message);
      if (step.success) return print(step.data.step, labelOf(step.data), ...detailsOf(step.data));
      if (!['WARN', 'ERROR', 'FATAL'].includes(level)) return;
      const error = z.safeParse(LoggedError, typeof message === 'string' ? entry.data : message);
      if (error.success) printError('failed', level.toLowerCase(), error.data, functionName);
      else if (typeof message === 'string') print('failed', level.toLowerCase(), functionName, message);
    },
    /** An invocation failed as a whole, and its message goes back to the queue. */
    attemptFailed: (functionName: string, failure: Failure, attempt: InvocationAttempt): void => {
      if (failure.kind === 'stopped') return;
      const { receiveCount, maxReceiveCount, retryInSeconds } = attempt;
      const last = maxReceiveCount !== undefined && receiveCount >= maxReceiveCount;
      const count = `attempt ${receiveCount}${maxReceiveCount === undefined ? '' : ` of ${maxReceiveCount}`}`;
      const next = last ? 'SQS moves it to the DLQ' : `retry in ${duration(retryInSeconds)}`;
      printError('crashed', 'crashed', failure, functionName, `${count}, ${next}`);
    },
    /** The local runtime itself has a problem. */
    trouble: (where: string, error: Error): void => print('trouble', 'trouble', where, error.message),
  };
}

function labelOf({ step, inSeconds }: Step): string {
  return step === 'retry' && inSeconds !== undefined ? `retry in ${duration(inSeconds)}` : step;
}

function detailsOf(step: Step): (string | undefined)[] {
  const call = [step.operation, step.status].filter((part) => part !== undefined).join(' ');
  return [
    step.webhook,
    step.eventId && `event ${step.eventId.slice(0, 8)}`,
    step.orderId && `order ${step.orderId}`,
    step.returnId && `return ${step.returnId}`,
    call,
    countsOf(step),
    step.state && `→ ${step.state}`,
    step.why,
    step.reason,
    step.faults,
    step.cause && `(${step.cause})`,
  ];
}

/** The result of a reconciler run: `reviewed 3, repaired 1`, and failures if there are any. */
function countsOf({ reviewed, repaired, failed }: Step): string | undefined {
  if (reviewed === undefined) return undefined;
  return `reviewed ${reviewed}, repaired ${repaired ?? 0}${failed ? `, failed ${failed}` : ''}`;
}

/** The route `POST /winkelstraat/stock-hub/v1/rma` is the webhook `stock-hub/v1/rma` of its sender. */
const webhookOf = (route: string): string => route.split('/').slice(2).join('/') || route;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
