import { decide } from '../../../lib/returns/decide.ts';
import type { Decision } from '../../../lib/returns/decision.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { type Mapping, withMappings } from '../../../lib/table/vocabulary-items.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { readHeld } from './held.ts';

/** What would be decided about every return that a text holds, one line each. Nothing is written, nobody is called. */
export async function previewOf(bridge: OpenBridge, mapping: Mapping): Promise<string[]> {
  const table = bridgeTable(bridge.dynamodb, bridge.table);
  const vocabulary = withMappings(await table.readVocabulary(), mapping);
  const held = await readHeld(bridge.dynamodb, bridge.table, mapping);
  const lines: string[] = [];
  for (const [orderId, refs] of Map.groupBy(held, (ref) => ref.orderId)) {
    const story = await table.readStory(orderId);
    for (const ref of refs) {
      const item = story.returns.find(({ rmaId, itemId }) => rmaId === ref.rmaId && itemId === ref.itemId);
      if (!item) continue;
      const now = new Date().toISOString();
      const decision = decide(story, item, {
        policy: bridge.stage.policy,
        now,
        attempt: { eventId: 'preview', enqueuedAt: now },
        vocabulary,
      });
      lines.push(`Order ${orderId}, return ${returnId(item)}: ${foretold(item, decision)}`);
    }
  }
  return lines;
}

/** A decision in words, without anything personal. */
function foretold({ state }: ReturnItem, { action, ...decision }: Decision): string {
  if (action.kind === 'list') {
    const { sku, returnReason, originalPrice, quantity } = action.request;
    return `POST /listings with sku ${sku}, returnReason ${returnReason}, ${quantity} at EUR ${originalPrice}`;
  }
  const asks = action.kind === 'none' ? '' : ` (then: ${action.kind})`;
  const attention = decision.attention ? ` ${decision.attention}` : '';
  return `${state} → ${decision.state}${asks}. ${decision.why}${attention}`;
}
