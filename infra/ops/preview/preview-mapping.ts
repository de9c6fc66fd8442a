import { isSameReturn } from '../../../lib/returns/order.ts';
import { type Mapping, putMapping } from '../../../lib/table/term-mappings.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { readUnmapped } from '../vocabulary/read-unmapped.ts';
import { formatReturn } from './format-preview.ts';
import { previewAdvance } from './preview-advance.ts';
import { withPreviews } from './preview-message.ts';

/** What the worker would do with each return that waits for a mapping: one line each. */
export async function previewMapping(bridge: OpenBridge, mapping: Mapping): Promise<string[]> {
  const waiting = await readUnmapped(bridge.dynamodb, bridge.table, mapping);
  const at = new Date().toISOString();
  return withPreviews(bridge, async (preview) => {
    const lines: string[] = [];
    for (const [orderId, refs] of Map.groupBy(waiting, (ref) => ref.orderId)) {
      const returns = await previewAdvance(preview, orderId, ({ dynamodb, table }) =>
        putMapping(dynamodb, table, mapping, at),
      );
      const released = returns.filter(({ after }) => refs.some((ref) => isSameReturn(ref, after)));
      lines.push(...released.map(formatReturn));
    }
    return lines;
  });
}
