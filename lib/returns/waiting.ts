import { type ReturnItem, returnId, type WaitKind } from './return-item.ts';

/** How long a return waits before a person is asked, in seconds. */
export const patienceSeconds = 24 * 60 * 60;

/** The task of a person when a return has waited too long. */
export const waitsTooLong = 'waits-too-long';

/** Completes "It waits for …". */
export const awaited: Record<WaitKind, string> = {
  shipment: 'the shipment, which must provide the customer and the price',
  units: 'an authorized unit',
  status: 'a status that the bridge knows',
  'decided-in-part': 'the decision about this item',
  delivery: "the delivery of the order's shipment to the customer",
  track: 'the warehouse, whose own return label the RMA carries',
  'other-return': 'another return of its unit, which may be listed at ItGoesForward',
};

const support = 'partnersupport@winkelstraat.nl';
const trigger = 'https://m2.winkelstraat.nl/rest/all/V2/winkelstraat/push_api/webhook-trigger/rma';

/** What a person does about a return that has waited too long. It depends on what Winkelstraat offers to its family. */
export function waitingSentence(
  waits: WaitKind,
  item: Pick<ReturnItem, 'orderId' | 'rmaId' | 'itemId' | 'family'>,
): string {
  const { orderId, rmaId, family } = item;
  const what = awaited[waits];
  const opening = `It has waited for more than 24 hours for ${what}.`;
  if (waits === 'other-return') return `${opening} Redrive the parked message of that return.`;
  if (family === 'stock-hub') {
    return `${opening} Mail ${support}: "Order ${orderId}, return ${returnId(item)}: we still wait for ${what}. Please send its webhook again".`;
  }
  const body = {
    shipmentToken: '<shipmentToken, from Winkelstraat>',
    incrementId: rmaId,
    url: "<the bridge's URL of push-api/v2/rma>",
    apiKey: "<the bridge's x-api-key>",
  };
  return `${opening} Let Winkelstraat send the RMA again: POST ${trigger} with the body ${JSON.stringify(body)}.`;
}

/** Whether a return has waited so long that a person is asked. @param now ISO 8601 UTC */
export const isOverdue = ({ waitingSince }: Pick<ReturnItem, 'waitingSince'>, now: string): boolean =>
  waitingSince !== undefined && Date.parse(now) - Date.parse(waitingSince) >= patienceSeconds * 1000;
