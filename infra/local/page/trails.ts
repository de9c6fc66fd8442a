import * as z from 'zod/mini';
import { parseJson, Step } from '../../cli/narration.ts';
import { duration } from '../../cli/output.ts';

/** What became of a webhook at a place. `state` is for the eye: the text says everything. */
interface Place {
  readonly text: string;
  readonly state: 'done' | 'now' | 'trouble';
}

export const places = ['ingest', 'queue', 'worker', 'table', 'IGF'] as const;
type Places = Partial<Readonly<Record<(typeof places)[number], Place>>>;

/** The way of one webhook through the bridge, as its functions log it. It has no value of a payload. */
export interface Trail {
  readonly eventId: string;
  readonly webhook: string;
  readonly orderId: string | undefined;
  /** When something last happened, ISO 8601 UTC. */
  readonly at: string;
  readonly places: Places;
}

const at = (state: Place['state']) => (text: string | undefined) => ({ text: text ?? '', state });
const [done, now, trouble] = [at('done'), at('now'), at('trouble')];

/** Where a step of the log puts its webhook. */
const moves: Readonly<Record<string, (step: Step) => Places>> = {
  queued: ({ status }) => ({ ingest: done(status), queue: now('waits for the worker') }),
  decided: ({ state }) => ({ queue: done('taken'), worker: now(`decides: ${state}`) }),
  done: ({ attempt, written }) => ({
    queue: done('left'),
    worker: done(`done at attempt ${attempt}`),
    table: done(
      { 0: 'nothing new' }[Number(written)] ?? (written ? `${written} written` : 'has the attempt'),
    ),
  }),
  retry: ({ attempt, reason, inSeconds }) => ({
    queue: now(`attempt ${attempt} failed, the next ${duration(Number(inSeconds))} later`),
    worker: trouble(reason),
    table: done('has the attempt'),
  }),
  parked: ({ attempt, reason }) => ({
    queue: trouble(`in the DLQ, after attempt ${attempt}`),
    worker: trouble(reason),
    table: trouble('parked'),
  }),
  'not-accepted': ({ status, reason }) => ({ ingest: trouble(`${status}, ${reason}`) }),
  quarantined: ({ reason }) => ({ table: trouble(`in quarantine: ${reason}`) }),
};

const Line = z.object({ timestamp: z.string(), requestId: z.string(), message: Step });

const most = 20;

/** Makes an entry the newest, and drops the oldest when there are too many. */
function keep<Value>(entries: Map<string, Value>, key: string, value: Value): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest = ''] = entries.keys();
  if (entries.size > most) entries.delete(oldest);
}

/** Follows the webhooks of this run by what the functions log. */
export class Trails {
  /** Counts the lines: a reader sees by it that something happened. */
  version = 0;
  readonly #trails = new Map<string, Trail>();
  /** The calls to IGF, by invocation: a worker takes one message at a time, and names it after the call. */
  readonly #calls = new Map<string, Step[]>();

  /** Some, the one that moved last first. */
  latest = (): Trail[] => [...this.#trails.values()].reverse();

  take(line: string): void {
    this.version += 1;
    const read = z.safeParse(Line, parseJson(line));
    if (!read.success) return;
    const { timestamp, requestId, message: step } = read.data;
    const calls = this.#calls.get(requestId) ?? [];
    if (step.step === 'called') keep(this.#calls, requestId, [...calls, step].slice(-most));
    const { eventId = '', step: name = '', orderId } = step;
    const known = this.#trails.get(eventId);
    const webhook = step.webhook ?? known?.webhook;
    const move = moves[name];
    if (!eventId || !webhook || !move) return;
    if (name !== 'decided') this.#calls.delete(requestId);
    const moved = {
      ...{ ...known?.places, ...move(step) },
      ...(calls.length > 0 && { IGF: igfPlace(calls) }),
      ...(known && name === 'queued' && { ...known.places, ingest: now(`${step.status}, known already`) }),
    };
    keep(this.#trails, eventId, {
      ...{ eventId, webhook, orderId: orderId ?? known?.orderId },
      ...{ at: timestamp, places: moved },
    });
  }
}

function igfPlace(calls: readonly Step[]): Place {
  const isFine = calls.every(({ status }) => Number(status) < 400);
  const text = calls.map(({ operation, status = 'no answer' }) => `${operation} ${status}`).join(', ');
  return isFine ? done(text) : trouble(text);
}
