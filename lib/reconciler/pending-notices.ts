import { returnId } from '../returns/return-item.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { heldWork } from '../table/keys.ts';
import type { Work } from '../table/open-task.ts';
import type { WorkEntry } from '../table/tasks-index.ts';
import type { TimeLeft } from '../worker/dependencies.ts';
import { tell } from '../worker/publish-notice.ts';
import type { ReconcilerDependencies } from './reconcile-return.ts';

/** So many in one run: after a long outage there may be more, and IGF is to be asked too. */
const mostTold = 100;
/** Writing, publishing and marking one notice takes that long at most, in milliseconds. */
const roomForOneMs = 30_000;

/** What asks people for something that they were not told; what an unknown text holds stands under its text. */
async function untoldOf({ index, table }: ReconcilerDependencies): Promise<WorkEntry[]> {
  const untold: WorkEntry[] = [];
  const kinds: Work['work'][] = ['ATTENTION', ...(await table.readUnknown()).map(heldWork)];
  for (const kind of kinds) {
    for await (const entry of index.waiting(kind)) {
      if (entry.attention !== entry.noticed) untold.push(entry);
      if (untold.length === mostTold) return untold;
    }
  }
  return untold;
}

/**
 * Tells people what an earlier attempt wrote and could not tell. A worker's message comes back for that; a run of the
 * reconciler has none, and a message may have been given up while nothing could be published.
 */
export async function tellUntold(
  dependencies: ReconcilerDependencies,
  eventId: string,
  timeLeft: TimeLeft,
): Promise<void> {
  for (const entry of await untoldOf(dependencies)) {
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
