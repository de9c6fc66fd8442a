import { errorClass, logWarning } from '../log.ts';
import { returnId } from '../returns/return-item.ts';
import type { WorkEntry } from '../table/work-index.ts';
import type { TimeLeft } from '../worker/dependencies.ts';
import { tell } from '../worker/notice.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** So many in one run: after a long outage there may be more, and IGF is to be asked too. */
const mostTold = 100;
/** Writing, publishing and marking one notice takes that long at most, in milliseconds. */
const roomForOneMs = 30_000;

/**
 * Tells people what an earlier attempt wrote and could not tell. A worker's message comes back for that; a run of the
 * reconciler has none, and a message may have been given up while nothing could be published.
 */
export async function tellUntold(
  dependencies: ReconcilerDependencies,
  eventId: string,
  timeLeft: TimeLeft,
): Promise<void> {
  const untold: WorkEntry[] = [];
  for await (const entry of dependencies.index.waiting('ATTENTION')) {
    if (entry.attention !== entry.noticed) untold.push(entry);
    if (untold.length === mostTold) break;
  }
  for (const entry of untold) {
    if (timeLeft() < roomForOneMs) return;
    try {
      const { returns } = await dependencies.table.readStory(entry.orderId);
      const item = returns.find(({ rmaId, itemId }) => rmaId === entry.rmaId && itemId === entry.itemId);
      if (item) await tell(item, eventId, dependencies);
    } catch (error) {
      logWarning({
        step: 'not-told',
        eventId,
        orderId: entry.orderId,
        returnId: returnId(entry),
        reason: errorClass(error),
      });
    }
  }
}
