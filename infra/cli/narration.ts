import { styleText } from 'node:util';
import * as z from 'zod/mini';
import type { AlarmReport } from '../local/cloudwatch/cloudwatch.ts';
import type { InvocationAttempt } from '../local/event-source.ts';
import type { GatewayEvent } from '../local/http-api.ts';
import type { Failure } from '../local/lambda-function.ts';
import type { ErrorFields } from '../local/lambda-log.ts';
import { duration, plural, printable } from './output.ts';
import { wrap } from './wrap.ts';

export interface NarrationOptions {
  readonly write: (line: string) => void;
  readonly colours: boolean;
  /** The local runtime's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** The columns of the terminal; undefined keeps each line whole. */
  readonly columns?: (() => number | undefined) | undefined;
}

export type Step = Readonly<Record<string, string | undefined>>;

/** A step as a function logs it. */
export const Step = z.pipe(
  z.looseObject({ step: z.string() }),
  z.transform((fields): Step => {
    const scalars = Object.entries(fields).filter(([, value]) => ['string', 'number'].includes(typeof value));
    return Object.fromEntries(scalars.map(([name, value]) => [name, String(value)]));
  }),
);

const LoggedError = z.looseObject({
  errorType: z.string(),
  errorMessage: z.string(),
  stackTrace: z._default(z.array(z.string()), []),
});
const LogEntry = z.looseObject({ level: z.string(), message: z.unknown() });
/** What Lambda itself says of an invocation that crashed or took too long. Other lines of Lambda are not logged. */
const Report = z.looseObject({
  type: z.literal('platform.report'),
  record: z.looseObject({ status: z.string(), errorType: z._default(z.string(), '') }),
});

type Colour = 'green' | 'yellow' | 'red' | 'cyan' | 'bold' | 'dim';
const stepsOf: readonly (readonly [Colour, steps: string])[] = [
  ['bold', 'received'],
  ['cyan', 'called'],
  ['green', 'repaired done'],
  ['yellow', 'attention retry not-accepted quarantined'],
  ['red', 'parked expiring crashed failed trouble'],
];
const colourOf = new Map(
  stepsOf.flatMap(([colour, steps]) => steps.split(' ').map((step) => [step, colour] as const)),
);

const shownFrames = 4;

/** Attempts that say nothing new are summed up once in this time of the local clock, in milliseconds. */
const summedUpMs = 3_600_000;

/** Prints what happens to each webhook, one line for each step. */
export function narration({ write, colours, now, columns }: NarrationOptions) {
  const paint = (colour: Colour, text: string): string =>
    colours ? styleText(colour, text, { validateStream: false }) : text;
  let today: string | undefined;
  const print = (step: string, label: string, ...parts: (string | false | undefined)[]): void => {
    const [date = '', time = ''] = new Date(now()).toISOString().split(/[T.]/);
    if (date !== today) write(paint('dim', `── ${date} UTC ──`));
    today = date;
    // Names and reasons may come from outside: no control characters reach the terminal.
    const text = printable(parts.filter(Boolean).join('  '));
    const [first = '', ...others] = wrap(`${time}Z  ${label.padEnd(12)}  ${text}`.trimEnd(), columns?.());
    const rest = first.slice(11);
    const colour = colourOf.get(step);
    const painted = colour ? paint(colour, rest.slice(0, label.length)) + rest.slice(label.length) : rest;
    for (const line of [`${paint('dim', first.slice(0, 9))}  ${painted}`, ...others]) write(line);
  };
  /** What was said about a message since it came, or about an operation that fails. */
  const said = new Map<string, Set<string>>();
  const isNews = (about: string, text: string): boolean => {
    const known = said.get(about) ?? new Set();
    said.set(about, known);
    return known.size < known.add(text).size;
  };
  const received = new Set<string>();
  let repeated = { since: 0, attempts: 0, messages: new Set<string>() };
  const sumUp = (message: string): void => {
    if (repeated.attempts === 0) repeated.since = now();
    const { since, messages } = repeated;
    repeated.attempts += 1;
    messages.add(message);
    if (now() - since < summedUpMs) return;
    const attempts = `${plural(repeated.attempts, 'attempt')} in ${duration((now() - since) / 1000)}`;
    print(
      'retry',
      'retried',
      `${plural(messages.size, 'message')} again, ${attempts}, for the reasons above`,
    );
    repeated = { since, attempts: 0, messages: new Set() };
  };
  const printStep = (step: Step) => {
    const { step: name = '', returnId, state, why, operation = '', status = '', reason = '' } = step;
    const message = step.eventId ?? step.messageId ?? '';
    if (name === 'done' || name === 'parked') said.delete(message);
    if (name === 'decided' && !isNews(message, `${returnId} ${state} ${why}`)) return;
    if (name === 'retry' && !isNews(message, reason)) return sumUp(message);
    if (name === 'called' && !isFailing.test(status)) said.delete(operation);
    else if (name === 'called' && !isNews(operation, status)) return;
    const isKnown = name === 'queued' && received.size === received.add(message).size;
    print(name, name, isKnown && 'known already', ...detailsOf(step));
  };
  const printError = (step: string, label: string, error: ErrorFields, ...where: string[]): void => {
    print(step, label, ...where, `${error.errorType}: ${error.errorMessage}`);
    const frames = error.stackTrace.filter((frame) => /^\s+at /.test(frame)).slice(0, shownFrames);
    for (const frame of frames) write(paint('dim', `            ${printable(frame)}`));
  };

  return {
    gateway: (event: GatewayEvent): void => {
      if (event.kind === 'logged') return;
      if (event.kind === 'received') print('received', 'received', webhookOf(event.route));
      else if (event.kind === 'answered') {
        print('not-accepted', 'answered', `${event.method} ${event.path}`, String(event.status));
      } else if (event.failure.kind !== 'stopped') {
        printError('crashed', 'crashed', event.failure, webhookOf(event.route));
      }
    },
    functionLog: (functionName: string, line: string) => {
      const json = parseJson(line);
      const entry = z.safeParse(LogEntry, json);
      if (!entry.success) {
        const report = z.safeParse(Report, json);
        if (report.success) {
          print('crashed', 'crashed', functionName, report.data.record.status, report.data.record.errorType);
        }
        // Not in Lambda's log format: text, such as Node's own warnings, is printed; a metric is not.
        if (json === undefined && line.trim()) print('log', 'log', functionName, line);
        return;
      }
      const { level, message } = entry.data;
      const step = z.safeParse(Step, message);
      if (step.success) return printStep(step.data);
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
    alarm: ({ name, state, text }: AlarmReport, before: string): void => {
      if (state === 'ALARM') print('trouble', 'alarm', name, text);
      else if (before === 'ALARM') print('done', 'alarm over', name);
    },
    trouble: (where: string, problem: string): void => print('trouble', 'trouble', where, problem),
  };
}

/** No answer, or one that any call gets: IGF is down, refuses the key, or has had too many calls. */
const isFailing = /^(|5..|401|403|429)$/;
/** The id of an event. A run of the reconciler has another one, which says nothing to a person. */
const isEventId = /^[0-9a-f]{8}/;

/** A line shows these fields and no other, so it never shows a value of a payload. */
function detailsOf(step: Step): (string | undefined)[] {
  const {
    webhook,
    eventId = '',
    inSeconds,
    attempt,
    orderId,
    returnId,
    operation,
    status,
    state,
    why,
    reason,
    faults,
    cause,
  } = step;
  return [
    inSeconds && `in ${duration(Number(inSeconds))}`,
    webhook,
    isEventId.test(eventId) ? `event ${eventId.slice(0, 8)}` : undefined,
    orderId && `order ${orderId}`,
    returnId && `return ${returnId}`,
    [operation, status].filter((part) => part !== undefined).join(' '),
    countsOf(step),
    state && `→ ${state}`,
    why,
    reason,
    faults,
    cause && `(${cause})`,
    Number(attempt) > 1 ? `attempt ${attempt}` : undefined,
  ];
}

/** The result of a reconciler run: `reviewed 3, repaired 1`, and failures if there are any. */
function countsOf({ reviewed, repaired = '0', failed = '0' }: Step): string | undefined {
  if (reviewed === undefined) return undefined;
  return `reviewed ${reviewed}, repaired ${repaired}${failed === '0' ? '' : `, failed ${failed}`}`;
}

/** The route `POST /winkelstraat/stock-hub/v1/rma` is the webhook `stock-hub/v1/rma` of its sender. */
const webhookOf = (route: string): string => route.split('/').slice(2).join('/') || route;

/** Undefined for a text that is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
