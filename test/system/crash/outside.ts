import type { CrashWorld } from './crash-world.ts';

/** What the world outside of the functions looks like. */
export interface Outside {
  /** Every item of the table by its key, without what no two runs have in common. */
  readonly items: Record<string, unknown>;
  readonly states: string[];
  readonly listings: string[];
  /** What was asked of IGF and changes something there. */
  readonly changes: string[];
  readonly notices: string[];
  /** Messages in queues, by queue. */
  readonly left: Record<string, number>;
  /** Messages in DLQs. */
  readonly parked: number;
}

/** How often something was written, and when it is forgotten. */
const counters = new Set(['rev', 'attempts', 'expiresAt', 'correlationId']);
/** Of this run; what the vendor's samples tell is older. */
const timeOfRun = /20(2[6-9]|[3-9]\d)-\d\d-\d\dT[\d:.]+Z/g;
/** An event's id is made from its payload, which holds times of the run. */
const eventId = /\b[0-9a-f]{32}(-\d+)?\b/g;
const token = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/** Work that was done by an attempt that died is found done by the next one, which then has nothing to do. */
const foundDone = (key: string, value: unknown): unknown =>
  key === 'outcome' && value === 'skipped' ? 'done' : value;

function withoutRun(item: object, unseen: ReadonlySet<string>): Record<string, unknown> {
  const text = JSON.stringify(item, (key, value) => (unseen.has(key) ? undefined : foundDone(key, value)));
  const replaced = text.replace(timeOfRun, '<time>').replace(token, '<token>').replace(eventId, '<event>');
  return JSON.parse(replaced) as Record<string, unknown>;
}

/** @param leavingOut names of attributes that are not looked at */
export async function lookOutside(crash: CrashWorld, ...leavingOut: string[]): Promise<Outside> {
  const unseen = new Set([...counters, ...leavingOut]);
  const { igf } = crash.world;
  const [items, listings, requests, notices, left, parked] = await Promise.all([
    crash.items(),
    igf.listings(),
    igf.requests(),
    crash.mail(),
    crash.queues.left(),
    crash.queues.parked(),
  ]);
  const named = items.map((item) => {
    const rest = withoutRun(item, unseen);
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
