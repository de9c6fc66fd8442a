import { openingFact, shipmentFact } from '../../support/builders.ts';
import { workplace } from './workplace.ts';

/** A shipment of one unit of the article. */
export const oneUnit = shipmentFact({ items: [{ sku: 'sku-90', quantity: 1, price: 270 }] });
/** The return with a reason that rules out another customer. */
export const damaged = openingFact({ reason: 'broken' });
/** The same shipment with another price. */
export const cheaper = shipmentFact({
  updatedAt: '2024-03-11T00:00:00.000Z',
  items: [{ sku: 'sku-90', quantity: 1, price: 250 }],
});

/** A workplace whose return is listed as listing 7, and what happens to that listing at IGF. */
export async function listed() {
  const place = workplace({ facts: [openingFact(), oneUnit] });
  await place.work();
  place.igf.calls.length = 0;
  const buy = (status = 'Matched') => {
    const order = { id: 3, listingId: 7, status, webshopOrderId: 'WEB-3' };
    place.igf.has({ id: 7, sku: 'sku-90', status }, [order]);
  };
  const handIn = () => {
    buy('Shipped');
    const shipment = { id: 9, orderId: 3, status: 'Shipped', order: { id: 3, listingId: 7 } };
    place.igf.state.shipments.push(shipment);
  };
  return { ...place, buy, handIn };
}
