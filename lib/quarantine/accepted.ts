import type { Fact } from '../facts/facts.ts';
import { objectsOf } from '../record/locate-return.ts';
import type { IgfPointers } from '../table/igf-pointers.ts';
import { senders } from '../webhooks/catalogue.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';
import type { RejectedItems } from './rejected-items.ts';

export interface AcceptedNeeds {
  items: Pick<RejectedItems, 'wasAccepted'>;
  pointers: Pick<IgfPointers, 'findReturn'>;
}

/**
 * Whether the same delivery was accepted as well, before or after it was refused: then what it tells is safe. The
 * worker of its sender keeps every delivery that it works on with the order it is about, so that is where to look. An
 * event of IGF's whose return is not found counts as not accepted: rather a call too many than a lost event.
 */
export async function wasAccepted(
  { id, webhook, body }: Pick<RejectedDelivery, 'id' | 'webhook' | 'body'>,
  { items, pointers }: AcceptedNeeds,
): Promise<boolean> {
  for (const fact of factsOf(webhook, body)) {
    const orderId = fact.kind === 'igf' ? await orderOf(fact, pointers) : fact.orderId;
    if (orderId !== undefined && (await items.wasAccepted(orderId, id))) return true;
  }
  return false;
}

/** What a body tells by today's schema, which is nothing where that does not take it either. */
function factsOf(webhook: string, body: Uint8Array): Fact[] {
  const entry = senders.flatMap(({ webhooks }) => webhooks).find(({ name }) => name === webhook);
  try {
    // When it came is not asked for here.
    return entry?.facts(JSON.parse(Buffer.from(body).toString('utf8')), '1970-01-01T00:00:00.000Z') ?? [];
  } catch {
    return [];
  }
}

async function orderOf(
  fact: Extract<Fact, { kind: 'igf' }>,
  pointers: AcceptedNeeds['pointers'],
): Promise<string | undefined> {
  for (const object of objectsOf(fact)) {
    const ref = await pointers.findReturn(object);
    if (ref) return ref.orderId;
  }
  return undefined;
}
