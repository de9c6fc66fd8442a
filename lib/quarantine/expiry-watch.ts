import { shortOfTimeSeconds } from '../config/timing.ts';
import type { Fact } from '../facts/facts.ts';
import type { IgfFact } from '../facts/igf-facts.ts';
import { objectsOf } from '../record/locate-return.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { addSeconds, isoTime } from '../runtime/time.ts';
import type { Deliveries } from '../table/deliveries.ts';
import type { IgfPointers } from '../table/igf-pointers.ts';
import { isDropped, type ParkedDelivery } from '../table/parked-deliveries.ts';
import { senders } from '../webhooks/catalogue.ts';
import { type RejectedDelivery, type RejectedItems, resolveRejection } from './rejected-delivery.ts';
import type { RejectedIndex } from './rejected-items.ts';

type AcceptedTable = Pick<Deliveries, 'hasDelivery'> & Pick<IgfPointers, 'readPointer'>;

/**
 * Whether the same delivery was also accepted: then its worker has recorded it under its order. An IGF event whose
 * return is not found counts as not accepted: a needless alarm is better than a lost event. One that was accepted in
 * part still has what was left out.
 */
export async function wasAccepted(
  { id, webhook, body, acceptedInPart }: Pick<RejectedDelivery, 'id' | 'webhook' | 'body' | 'acceptedInPart'>,
  table: AcceptedTable,
  now: string,
): Promise<boolean> {
  if (acceptedInPart) return false;
  for (const fact of factsOf(webhook, body)) {
    const orderId = fact.kind === 'igf' ? await orderOf(fact, table) : fact.orderId;
    if (orderId !== undefined && (await table.hasDelivery(orderId, id, now))) return true;
  }
  return false;
}

/** The facts of a body by today's schema; none when the schema still rejects it. */
function factsOf(webhook: string, body: Uint8Array): Fact[] {
  const entry = senders.flatMap(({ webhooks }) => webhooks).find(({ name }) => name === webhook);
  try {
    // The time of receipt makes no difference here.
    return entry?.facts(JSON.parse(Buffer.from(body).toString('utf8')), '1970-01-01T00:00:00.000Z') ?? [];
  } catch {
    return [];
  }
}

async function orderOf(fact: IgfFact, { readPointer }: AcceptedTable): Promise<string | undefined> {
  for (const object of objectsOf(fact)) {
    const { ref } = await readPointer(object);
    if (ref) return ref.orderId;
  }
  return undefined;
}

interface WatchDependencies {
  index: RejectedIndex;
  items: RejectedItems;
  table: AcceptedTable;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Publishes the count as a metric if there are some; an alarm is on it. */
  measure(expiring: number): void;
}

/** The longest that checking and resolving one delivery takes, in milliseconds. */
const oneDeliveryMs = 10_000;

/**
 * Counts the rejected deliveries whose sender gives up within six hours, and resolves those that were accepted
 * meanwhile. Where the sender has given up, an alarm would be too late, and would hide new deliveries.
 */
export async function watchQuarantine(
  dependencies: WatchDependencies,
  timeLeft: () => number,
): Promise<number> {
  const { index, now, measure } = dependencies;
  const from = isoTime(now());
  let expiring = 0;
  for await (const delivery of index.waiting([from, addSeconds(from, shortOfTimeSeconds)])) {
    // Its sender does not retry it, and its RMA asks for what was left out.
    if (delivery.acceptedInPart) continue;
    // Without time to check a delivery, it counts. A needless alarm does less harm than a missing one.
    const isSafe = timeLeft() > oneDeliveryMs && (await isAccepted(delivery, dependencies));
    if (!isSafe) expiring += 1;
  }
  // CloudWatch bills a metric by the hours in which it has a value.
  if (expiring === 0) return 0;
  measure(expiring);
  const deliveries = expiring === 1 ? 'delivery has' : 'deliveries have';
  const reason = `${expiring} rejected ${deliveries} less than ${shortOfTimeSeconds / 3600} hours left`;
  logWarning({ step: 'expiring', count: expiring, reason });
  return expiring;
}

async function isAccepted(
  delivery: RejectedDelivery,
  { items, table, now }: WatchDependencies,
): Promise<boolean> {
  const { id: eventId, webhook, correlationId } = delivery;
  const at = isoTime(now());
  try {
    if (!(await wasAccepted(delivery, table, at))) return false;
    await resolveRejection(eventId, { as: 'accepted', at }, items);
    logInfo({ step: 'accepted-since', webhook, eventId, correlationId });
    return true;
  } catch (error) {
    logWarning({ step: 'not-checked', webhook, eventId, correlationId, reason: errorClass(error) });
    return false;
  }
}

/**
 * How long the oldest parked delivery has been parked, in seconds; 0 without any. One whose message SQS has dropped
 * does not count: it would hide the next.
 * @param now milliseconds since the epoch
 */
export function oldestParkedSeconds(
  parked: readonly Pick<ParkedDelivery, 'parkedAt'>[],
  now: number,
): number {
  const ages = parked
    .filter((delivery) => !isDropped(delivery, now))
    .map(({ parkedAt }) => (now - Date.parse(parkedAt)) / 1000);
  return ages.reduce((oldest, age) => Math.max(oldest, age), 0);
}
