import { decide } from '../decide/decide.ts';
import type { Decision, DecisionContext, HeldFor } from '../decide/decision.ts';
import { same } from '../returns/is-equal.ts';
import type { Story } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { VocabularyItems } from '../table/term-mappings.ts';

type Mappings = Pick<VocabularyItems, 'readVocabulary'>;

/**
 * Decides by the built-in texts, and reads what operators mapped only when one of them is unknown: mappings only add
 * to what is built in, so whoever found every text known decides the same with them. Nothing is kept from one decision
 * to the next, because a mapping counts from the moment in which it is written.
 */
export async function decideWithMappings(
  story: Story,
  item: ReturnItem,
  context: DecisionContext,
  table: Mappings,
): Promise<Decision> {
  const decision = decide(story, item, context);
  if (!decision.heldFor) return decision;
  return decide(story, item, { ...context, vocabulary: await table.readVocabulary() });
}

/** The text that an item is about to be held for, if it is not held for it already. */
export function newlyHeld(item: ReturnItem, { state, heldFor }: Decision): HeldFor | undefined {
  const held = item.state === 'NeedsMapping' && same(item.heldFor, heldFor);
  return state === 'NeedsMapping' && !held ? heldFor : undefined;
}

/**
 * Whether a text was mapped while an item was being held for it. Asked after the item is written: whoever maps writes
 * the mapping and then looks for what is held, so that one of the two finds the other.
 */
export async function isMappedMeanwhile({ field, text }: HeldFor, table: Mappings): Promise<boolean> {
  return (await table.readVocabulary())[field].has(text);
}
