import type { Fact } from '../facts/facts.ts';
import { objectsOf } from '../record/locate-return.ts';
import type { Deliveries } from '../table/deliveries.ts';
import type { IgfPointers } from '../table/igf-pointers.ts';
import { senders } from '../webhooks/catalogue.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';

export type AcceptedTable = Pick<Deliveries, 'hasDelivery'> & Pick<IgfPointers, 'findReturn'>;

/**
 * Whether the same delivery was also accepted, before or after it was rejected. Then nothing is lost. The
 * worker of its sender records every delivery under its order, so this function looks there. An IGF event
 * whose return is not found counts as not accepted: a needless alarm is better than a lost event. A delivery that was
 * accepted in part still has what was left out of it.
 */
export async function wasAccepted(
  { id, webhook, body, acceptedInPart }: Pick<RejectedDelivery, 'id' | 'webhook' | 'body' | 'acceptedInPart'>,
  table: AcceptedTable,
  now: string,
): Promise<boolean> {
  if (acceptedInPart) return false;
  for (const fact of factsOf(webhook, body)) {
    const orderId = fact.kind === 'igf' ? await orderOf(fact, table) : fact.orderId;
    if (orderId !== undefined && (await table.hasDelivery(orderId, id, now))) return true;
  }
  return false;
}

/** The facts of a body by today's schema; none when the schema still rejects it. */
function factsOf(webhook: string, body: Uint8Array): Fact[] {
  const entry = senders.flatMap(({ webhooks }) => webhooks).find(({ name }) => name === webhook);
  try {
    // The time of receipt makes no difference here.
    return entry?.facts(JSON.parse(Buffer.from(body).toString('utf8')), '1970-01-01T00:00:00.000Z') ?? [];
  } catch {
    return [];
  }
}

async function orderOf(
  fact: Extract<Fact, { kind: 'igf' }>,
  table: Pick<IgfPointers, 'findReturn'>,
): Promise<string | undefined> {
  for (const object of objectsOf(fact)) {
    const ref = await table.findReturn(object);
    if (ref) return ref.orderId;
  }
  return undefined;
}
