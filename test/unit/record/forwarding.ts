import type { Policy } from '../../../lib/config/policy.ts';
import type { OrderFact, ShipmentFact } from '../../../lib/facts/facts.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { recordIgfFacts } from '../../../lib/record/link.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { updateForwardedReturns } from '../../../lib/record/related-shipments.ts';
import { ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { workplace } from '../worker/workplace.ts';

export const buyersOrderId = 'WEB-3';

/** A listed return, and the two sides that report its forwarding. */
export function forwarding(policy: Partial<Policy> = {}) {
  const surroundings = workplace({
    facts: [openingFact()],
    reached: { state: 'Listed', listingId: 7 },
    policy,
  });
  const { table, dependencies } = surroundings;
  return {
    ...surroundings,
    /** IGF reports the buyer or the label. */
    igfReports: (fact: Partial<IgfFact>) =>
      recordIgfFacts(ofReturn, [{ kind: 'igf', ...fact }], dependencies),
    /** Winkelstraat reports a shipment. @returns the orders that must be advanced because of it */
    async winkelstraatReports(fact: OrderFact) {
      const { order } = await recordFacts(fact.orderId, [fact], table);
      return (await updateForwardedReturns(order, [fact], dependencies)).map(({ orderId }) => orderId);
    },
  };
}

/** The warehouse sends an article to the buyer itself. */
export const warehouseShipment = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrderId,
    shipmentId: '000000402',
    track: { number: '1Z7E3V556825150AAP' },
    ...overrides,
  });
