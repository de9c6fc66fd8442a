import type { CrashWorld } from './crash-world.ts';

/** Everything that the functions left in the table, at IGF, in the topic and in the queues. */
export interface Effects {
  /** Every item of the table by its key, without what differs from run to run. */
  readonly items: Record<string, unknown>;
  readonly states: string[];
  readonly listings: string[];
  /** Calls that change something at IGF. */
  readonly changes: string[];
  readonly notices: string[];
  /** Messages in queues, by queue. */
  readonly left: Record<string, number>;
  /** Messages in DLQs. */
  readonly parked: number;
}

/**
 * Attributes that count writes, or hold a time. `skeleton` is a fingerprint of an item with such times; the item itself is
 * compared. `ordersReadOf` notes a read of the buyer: a killed attempt may have recorded
 * what it read, and then the next one has nothing to read. `lastRun` counts what one run of the reconciler did.
 * `failures` and `decisions` are the history of what was tried.
 */
const counters = new Set([
  'rev',
  'attempts',
  'expiresAt',
  'correlationId',
  'ordersReadOf',
  'skeleton',
  'lastRun',
  'failures',
  'decisions',
]);
/** Times of this run; those of the vendor's samples are older. */
const timeOfRun = /20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g;
/** An event's id is made from its payload, which holds times of the run. */
const eventId = /\b[0-9a-f]{32}(-\d+)?\b/g;
const token = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** When a killed attempt has done the work, the next one has nothing to do. */
const skippedIsDone = (key: string, value: unknown): unknown =>
  key === 'outcome' && value === 'skipped' ? 'done' : value;

function withoutRun(item: object, ignored: ReadonlySet<string>): Record<string, unknown> {
  const text = JSON.stringify(item, (key, value) =>
    ignored.has(key) ? undefined : skippedIsDone(key, value),
  );
  const replaced = text.replace(timeOfRun, '<time>').replace(token, '<token>').replace(eventId, '<event>');
  return JSON.parse(replaced) as Record<string, unknown>;
}

/** @param leavingOut names of attributes that are not compared */
export async function readEffects(crash: CrashWorld, ...leavingOut: string[]): Promise<Effects> {
  const ignored = new Set([...counters, ...leavingOut]);
  const { igf } = crash.world;
  const [items, listings, requests, notices, left, parked] = await Promise.all([
    crash.items(),
    igf.listings(),
    igf.requests(),
    crash.notices(),
    crash.queues.left(),
    crash.queues.parked(),
  ]);
  const named = items.map((item) => {
    const rest = withoutRun(item, ignored);
    return [`${rest.pk} ${rest.sk} ${rest.webhook ?? ''}`, rest] as const;
  });
  return {
    items: Object.fromEntries(named.toSorted(([one], [other]) => (one < other ? -1 : 1))),
    states: items.flatMap(({ sk, state }) => (String(sk).startsWith('RETURN#') ? [String(state)] : [])),
    listings: listings.map(({ status }) => status),
    changes: requests.flatMap(({ method, path }) => (method === 'GET' ? [] : [`${method} ${path}`])),
    notices,
    left,
    parked,
  };
}
