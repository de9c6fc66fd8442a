import { shortOfTimeSeconds } from '../config/timing.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { type AcceptedNeeds, wasAccepted } from './accepted.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';
import type { RejectedIndex, RejectedItems } from './rejected-items.ts';
import { resolveRejection } from './store-rejection.ts';

export interface WatchDependencies extends AcceptedNeeds {
  index: RejectedIndex;
  items: RejectedItems;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Says how many there are: an alarm listens. */
  measure(expiring: number): void;
}

/** Reading and settling one takes that long at most, in milliseconds. */
const roomForOneMs = 10_000;

/**
 * Counts the rejected deliveries that their sender gives up within six hours. Those that were accepted meanwhile are
 * settled, and not counted. What its sender has given up already is not counted either: nothing is gained by ringing
 * for it, and what is new would ring no more.
 * @returns the count
 */
export async function watchQuarantine(
  dependencies: WatchDependencies,
  timeLeft: () => number,
): Promise<number> {
  const { index, now, measure } = dependencies;
  const from = new Date(now()).toISOString();
  const to = new Date(now() + shortOfTimeSeconds * 1000).toISOString();
  let expiring = 0;
  for await (const delivery of index.waiting([from, to])) {
    // Without time to look closer it counts: a call too many does less harm than one too few.
    const isSafe = timeLeft() > roomForOneMs && (await isAccepted(delivery, dependencies));
    if (!isSafe) expiring += 1;
  }
  measure(expiring);
  const hours = shortOfTimeSeconds / 3600;
  if (expiring > 0) {
    logWarning({
      step: 'expiring',
      count: expiring,
      reason: `${expiring} rejected ${expiring === 1 ? 'delivery has' : 'deliveries have'} less than ${hours} hours left: npm run ops -- rejected`,
    });
  }
  return expiring;
}

async function isAccepted(delivery: RejectedDelivery, dependencies: WatchDependencies): Promise<boolean> {
  const { id: eventId, webhook, correlationId } = delivery;
  try {
    if (!(await wasAccepted(delivery, dependencies))) return false;
    const at = new Date(dependencies.now()).toISOString();
    await resolveRejection(eventId, { as: 'accepted', at }, dependencies.items);
    logInfo({ step: 'accepted-since', webhook, eventId, correlationId });
    return true;
  } catch (error) {
    logWarning({ step: 'not-looked-up', webhook, eventId, correlationId, reason: errorClass(error) });
    return false;
  }
}
