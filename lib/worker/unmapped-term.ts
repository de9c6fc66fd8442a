import { decide } from '../decide/decide.ts';
import type { Decision, DecisionContext } from '../decide/decision.ts';
import { isEqual } from '../returns/is-equal.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { Term } from '../returns/vocabulary.ts';
import type { StoredMappings } from '../table/term-mappings.ts';

type Mappings = Pick<StoredMappings, 'readMappings'>;

/**
 * Decides by the built-in texts, and reads what operators mapped only when one of them is unknown: mappings only add
 * to what is built in, so whoever found every text known decides the same with them. Nothing is kept from one decision
 * to the next, because a mapping counts from the moment in which it is written.
 */
export async function decideWithMappings(
  order: OrderSnapshot,
  item: ReturnItem,
  context: DecisionContext,
  table: Mappings,
): Promise<Decision> {
  const decision = decide(order, item, context);
  if (!decision.unmappedTerm) return decision;
  return decide(order, item, { ...context, vocabulary: await table.readMappings() });
}

/** The text that an item is about to be held for, if it is not held for it already. */
export function becomesUnmapped(item: ReturnItem, { state, unmappedTerm }: Decision): Term | undefined {
  const held = item.state === 'NeedsMapping' && isEqual(item.unmappedTerm, unmappedTerm);
  return state === 'NeedsMapping' && !held ? unmappedTerm : undefined;
}

/**
 * Whether a text was mapped while an item was being held for it. Asked after the item is written: whoever maps writes
 * the mapping and then looks for what is held, so that one of the two finds the other.
 */
export async function isMappedMeanwhile({ field, text }: Term, table: Mappings): Promise<boolean> {
  return (await table.readMappings())[field].has(text);
}
