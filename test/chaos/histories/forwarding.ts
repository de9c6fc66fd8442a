import type { Act, IgfEvent, ItemRef } from './history.ts';

/** How far a listing comes at IGF. The last ones end with what the merchant says of them. */
export const journeys = [
  'matched',
  'labelled',
  'shipped',
  'completed',
  'refunded',
  'settled',
  'denied with a buyer',
  'cancelled by the customer',
  'cancelled by the customer with a buyer',
  'deadline passed',
  'lost by the carrier',
] as const;
export type Journey = (typeof journeys)[number];

/** What happens to a listing, from when IGF has it; `ending` is what the merchant says at last. */
export function travel(item: ItemRef, journey: Journey, ending: (status: string) => Act): Act[] {
  const event = (eventType: IgfEvent): Act => ({ kind: 'event', item, eventType });
  const buy: Act = { kind: 'buy', item, webshopOrderId: `WEB-${item.rmaId}-${item.itemId}` };
  const shipped = [buy, event('LABELED'), event('SHIPPED')];
  const refunded = [...shipped, event('COMPLETED'), event('REFUND')];
  const acts: Record<Journey, readonly Act[]> = {
    matched: [buy],
    labelled: [buy, event('LABELED')],
    shipped,
    completed: [...shipped, event('COMPLETED')],
    refunded,
    settled: [
      ...refunded,
      { kind: 'known', item, state: 'Completed', refundDue: true },
      ending('processed_closed'),
    ],
    'denied with a buyer': [buy, ending('denied')],
    'cancelled by the customer': [event('RETURN_CANCELED')],
    'cancelled by the customer with a buyer': [
      buy,
      { kind: 'known', item, state: 'Matched' },
      event('RETURN_CANCELED'),
    ],
    'deadline passed': [buy, event('RETURN_DEADLINE_PASSED')],
    'lost by the carrier': [...shipped, { kind: 'lose', item }],
  };
  return [{ kind: 'listed', item }, ...acts[journey]];
}
