import type { Address } from '../facts/facts.ts';
import { articleOf } from '../returns/article.ts';
import { readCustomer } from '../returns/customer.ts';
import type { OrderSnapshot, Shipment } from '../returns/order.ts';
import type { ReturnItem } from '../returns/return-item.ts';

const waitingStatuses: readonly (string | undefined)[] = ['READY_FOR_PICKUP', 'UNKNOWN', undefined];

/** Whether the warehouse still has the shipment. */
export const isUncollected = ({ status, collectedAt, deliveredAt }: Shipment): boolean =>
  !collectedAt && !deliveredAt && waitingStatuses.includes(status);

const normalised = (text: string | undefined): string => (text ?? '').replaceAll(/\s/g, '').toLowerCase();
const placeOf = ({ street, houseNumber, postcode, city, country }: Address): string =>
  [street, houseNumber, postcode, city, country].map(normalised).join('|');

/** The same person has the same email or, where an email is unknown, the same address. */
function isSamePerson(one: Address, other: Address): boolean {
  if (one.email && other.email) return normalised(one.email) === normalised(other.email);
  return placeOf(one) === placeOf(other);
}

/**
 * Whether a listed article could go to the receiver of this shipment. The shipment must contain the same
 * article for somebody else, and the carrier must not have collected it. IGF must be able to accept the
 * receiver as a customer.
 */
export function canFulfil(order: OrderSnapshot, item: ReturnItem, shipment: Shipment | undefined): boolean {
  const article = articleOf(order, item);
  const receiver = shipment?.address;
  if (!shipment || !article?.address || !receiver) return false;
  return (
    isUncollected(shipment) &&
    shipment.items.some(({ sku }) => sku === article.sku) &&
    'customer' in readCustomer(receiver) &&
    !isSamePerson(receiver, article.address)
  );
}
