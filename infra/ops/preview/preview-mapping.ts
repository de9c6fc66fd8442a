import { returnId } from '../../../lib/returns/return-item.ts';
import { keys } from '../../../lib/table/keys.ts';
import { type Mapping, putMapping } from '../../../lib/table/term-mappings.ts';
import { advanceMessage } from '../../../lib/webhooks/advance-message.ts';
import { printable } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { readUnmapped } from '../vocabulary/read-unmapped.ts';
import { formatState, formatSteps } from './format-preview.ts';
import { withPreviews } from './preview-message.ts';

/** What the worker would do with each return that waits for a mapping: one line each. */
export async function previewMapping(bridge: OpenBridge, mapping: Mapping): Promise<string[]> {
  const waiting = await readUnmapped(bridge.dynamodb, bridge.table, mapping);
  const now = Date.now();
  const at = new Date(now).toISOString();
  return withPreviews(bridge, async (preview) => {
    const lines: string[] = [];
    for (const [orderId, refs] of Map.groupBy(waiting, (ref) => ref.orderId)) {
      const envelope = advanceMessage(orderId, keys.mapping(mapping).sk, { now, correlationId: 'preview' });
      const { returns } = await preview(
        { envelope, facts: [], orderId },
        { now, prepare: ({ dynamodb, table }) => putMapping(dynamodb, table, mapping, at) },
      );
      for (const previewed of returns) {
        const { before, after } = previewed;
        const isWaiting = refs.some((ref) => returnId(ref) === returnId(after));
        if (!isWaiting || after.orderId !== orderId) continue;
        const steps = formatSteps(previewed, now).join('; ');
        lines.push(
          printable(`Order ${orderId}, return ${returnId(after)}: ${formatState(before)} → ${steps}`),
        );
      }
    }
    return lines;
  });
}
