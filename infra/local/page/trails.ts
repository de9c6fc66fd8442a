import * as z from 'zod/mini';

/** Where a webhook is, or what became of it there. `state` is for the eye: the text says everything. */
export interface Place {
  readonly text: string;
  readonly state: 'done' | 'now' | 'trouble';
}

/** The way of one webhook through the bridge, as the functions log it. Nothing in it is a value of a payload. */
export interface Trail {
  readonly eventId: string;
  webhook: string;
  orderId?: string;
  /** When something last happened, ISO 8601 UTC. */
  at: string;
  ingest?: Place;
  queue?: Place;
  worker?: Place;
  table?: Place;
  igf?: Place;
}

const optional = z.optional(z.union([z.string(), z.number()]));

/** A line of a function, as the bridge logs its steps. */
const Line = z.object({
  timestamp: z.string(),
  requestId: z.string(),
  message: z.object({
    step: z.string(),
    webhook: z.optional(z.string()),
    eventId: z.optional(z.string()),
    orderId: z.optional(z.string()),
    operation: z.optional(z.string()),
    reason: z.optional(z.string()),
    state: z.optional(z.string()),
    status: optional,
    attempt: optional,
    written: optional,
    inSeconds: z.optional(z.number()),
  }),
});
type Step = z.infer<typeof Line>['message'];

const most = 30;

/** Follows the webhooks of this run by the lines of the functions: the newest ones, the last that moved first. */
export class Trails {
  /** Counts the lines, so that a reader sees that something happened. */
  version = 0;
  readonly #trails = new Map<string, Trail>();
  /** The calls to IGF of an invocation that has not named its message yet. A worker takes one message at a time. */
  readonly #calls = new Map<string, Step[]>();

  latest(): Trail[] {
    return [...this.#trails.values()].reverse();
  }

  /** Takes a line that a function logged. */
  take(line: string): void {
    this.version += 1;
    const read = z.safeParse(Line, parseJson(line));
    if (!read.success) return;
    const { timestamp: at, requestId, message: step } = read.data;
    if (step.step === 'called') {
      this.#calls.set(requestId, [...(this.#calls.get(requestId) ?? []), step]);
      return;
    }
    const { eventId, webhook } = step;
    const known = eventId === undefined ? undefined : this.#trails.get(eventId);
    if (eventId === undefined || !(known || webhook)) return;
    const trail = known ?? { eventId, webhook: webhook ?? '', at };
    trail.at = at;
    if (step.orderId !== undefined) trail.orderId = step.orderId;
    const calls = this.#calls.get(requestId) ?? [];
    if (calls.length > 0) trail.igf = igfPlace(calls);
    move(trail, step);
    if (step.step !== 'decided') this.#calls.delete(requestId);
    this.#trails.delete(eventId);
    this.#trails.set(eventId, trail);
    const [oldest] = this.#trails.keys();
    if (this.#trails.size > most && oldest !== undefined) this.#trails.delete(oldest);
  }
}

/** Moves a webhook to where a step says it is. */
function move(
  trail: Trail,
  { step, status, attempt = 1, written, reason = '', inSeconds, state }: Step,
): void {
  switch (step) {
    case 'queued':
      trail.ingest = { text: trail.ingest ? `${status}, a duplicate` : `${status}`, state: 'done' };
      trail.queue = { text: 'waits for the worker', state: 'now' };
      return;
    case 'decided':
      trail.queue = { text: 'taken', state: 'done' };
      trail.worker = { text: `attempt ${attempt} decides: ${state}`, state: 'now' };
      return;
    case 'done':
      trail.queue = { text: 'empty', state: 'done' };
      trail.worker = { text: `done, attempt ${attempt}`, state: 'done' };
      trail.table = { text: Number(written) > 0 ? `${written} written` : 'nothing new', state: 'done' };
      return;
    case 'retry':
      trail.queue = { text: `next attempt ${inSeconds ?? 0} s later`, state: 'now' };
      trail.worker = { text: `attempt ${attempt}: ${reason}`, state: 'trouble' };
      trail.table = { text: 'has the attempt', state: 'done' };
      return;
    case 'parked':
      trail.queue = { text: 'in the DLQ', state: 'trouble' };
      trail.worker = { text: `gave up at attempt ${attempt}: ${reason}`, state: 'trouble' };
      trail.table = { text: 'has it as parked', state: 'trouble' };
      return;
    case 'not-accepted':
      trail.ingest = { text: `${status}, ${reason}`, state: 'trouble' };
      return;
    case 'quarantined':
      trail.table = { text: `in quarantine: ${reason}`, state: 'trouble' };
  }
}

function igfPlace(calls: readonly Step[]): Place {
  const isTrouble = calls.some(({ status }) => !(Number(status) < 400));
  const text = calls.map(({ operation, status }) => `${operation} ${status ?? 'no answer'}`).join(', ');
  return { text, state: isTrouble ? 'trouble' : 'done' };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
