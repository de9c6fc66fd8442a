import { shortOfTimeSeconds } from '../config/timing.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { addSeconds, isoTime } from '../runtime/time.ts';
import { type AcceptedTable, wasAccepted } from './accepted.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';
import type { RejectedIndex, RejectedItems } from './rejected-items.ts';
import { resolveRejection } from './store-rejection.ts';

export interface WatchDependencies {
  index: RejectedIndex;
  items: RejectedItems;
  table: AcceptedTable;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Publishes the count as a metric; an alarm is on it. */
  measure(expiring: number): void;
}

/** The longest that checking and resolving one delivery takes, in milliseconds. */
const oneDeliveryMs = 10_000;

/**
 * Counts the rejected deliveries whose sender gives up within six hours. Deliveries that were accepted
 * meanwhile are resolved and not counted. Deliveries whose sender has already given up are not counted
 * either. An alarm would be too late for them, and it would hide new deliveries.
 * @returns the count
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
  measure(expiring);
  const hours = shortOfTimeSeconds / 3600;
  if (expiring > 0) {
    logWarning({
      step: 'expiring',
      count: expiring,
      reason: `${expiring} rejected ${expiring === 1 ? 'delivery has' : 'deliveries have'} less than ${hours} hours left: npx bridge rejected`,
    });
  }
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
