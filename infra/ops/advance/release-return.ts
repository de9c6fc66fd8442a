import type { ReturnRef } from '../../../lib/returns/order.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { updateReturn } from '../../../lib/table/optimistic-update.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/**
 * Lets a return be forwarded again although a reason, condition or resolution once ruled it out: the texts that were
 * reported before do not count any more. The release is not older than the newest report, because this machine's clock
 * may be behind the worker's.
 */
export const releaseReturn = (
  { dynamodb, table }: Pick<OpenBridge, 'dynamodb' | 'table'>,
  ref: ReturnRef,
  release: NonNullable<ReturnItem['release']>,
) =>
  updateReturn(
    ref,
    ({ texts: _, ...item }) => {
      const times = [release.at, item.opening?.receivedAt, item.closing?.updatedAt, item.release?.at];
      const [at = release.at] = times
        .filter((time) => time !== undefined)
        .sort()
        .reverse();
      return { ...item, release: { ...release, at } };
    },
    bridgeTable(dynamodb, table),
  );
