import { returnId } from '../../../lib/returns/return-item.ts';
import { keys } from '../../../lib/table/keys.ts';
import { type Mapping, withMappings } from '../../../lib/table/term-mappings.ts';
import { advanceMessage } from '../../../lib/webhooks/advance-message.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { foresee } from '../preview/foresee.ts';
import { foresightOf } from '../preview/foresight.ts';
import { foretell, standing } from '../preview/foretold.ts';
import { readUnmapped } from './held.ts';

/** What would be decided about every return that a text holds, one line each. Nothing is written, nobody is called. */
export async function previewOf(bridge: OpenBridge, mapping: Mapping): Promise<string[]> {
  const foresight = foresightOf(bridge);
  const vocabulary = withMappings(await foresight.readMappings(), mapping);
  const held = await readUnmapped(bridge.dynamodb, bridge.table, mapping);
  const now = Date.now();
  const lines: string[] = [];
  for (const [orderId, refs] of Map.groupBy(held, (ref) => ref.orderId)) {
    const envelope = advanceMessage(orderId, keys.mapping(mapping).sk, { now, correlationId: 'preview' });
    const { returns } = await foresee(
      { envelope, facts: [], orderId },
      { ...foresight, readMappings: async () => vocabulary },
      new Date(now).toISOString(),
    );
    for (const foreseen of returns) {
      const { rmaId, itemId } = foreseen.item;
      if (!refs.some((ref) => ref.rmaId === rmaId && ref.itemId === itemId)) continue;
      lines.push(
        `Order ${orderId}, return ${returnId(foreseen.item)}: ${standing(foreseen.before)} → ${foretell(foreseen).join('; ')}`,
      );
    }
  }
  return lines;
}
