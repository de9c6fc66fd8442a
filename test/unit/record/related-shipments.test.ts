import type { Policy } from '../../../lib/config/policy.ts';
import type { OrderFact, ShipmentFact } from '../../../lib/facts/facts.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { recordIgfFacts } from '../../../lib/record/link.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { updateForwardedReturns } from '../../../lib/record/related-shipments.ts';
import { ofReturn, openingFact, salesOrderFact, shipmentFact, trackFact } from '../../support/builders.ts';
import { logged, workplace } from '../worker/workplace.ts';

logged();
const label = '3SDEVC676401291';
const buyersOrder = 'WEB-3';

/** A listed return, and the two sides that report its forwarding. */
function place(policy: Partial<Policy> = {}) {
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

const bought = { order: { id: 3, webshopOrderId: buyersOrder } };
const labelled = { shipment: { id: 9, label: '3SDEVC 676401291' } };
const deliveredShipment = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrder,
    shipmentId: '000000401',
    status: 'DELIVERED',
    track: { number: label.toLowerCase() },
    items: [{ sku: 'sku-of-somebody-else' }],
    ...overrides,
  });
const warehouseShipment = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrder,
    shipmentId: '000000402',
    track: { number: '1Z7E3V556825150AAP' },
    ...overrides,
  });

describe('a label and the shipment that was delivered under it', () => {
  const found = [{ orderId: buyersOrder, shipmentId: '000000401', track: label, delivered: true }];

  test('find each other when the label comes first', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await igfReports(labelled);
    expect(await winkelstraatReports(deliveredShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other when the shipment comes first', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    expect(await winkelstraatReports(deliveredShipment())).toEqual([]);
    await igfReports(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['registerLabel', 'write', 'readOrder'] as const)(
    'find each other when the shipment comes while the label is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, table } = place();
      table.beforeNext(call, () => winkelstraatReports(deliveredShipment()));
      await igfReports(labelled);
      expect(item()).toMatchObject({ relatedShipments: found, igf: { shipment: { id: 9 } } });
    },
  );

  test('find each other when the label comes while the shipment is being recorded', async () => {
    const { igfReports, winkelstraatReports, item, table } = place();
    table.beforeNext('registerDelivery', () => igfReports(labelled));
    expect(await winkelstraatReports(deliveredShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other after the attempt with the label crashed before it wrote the return', async () => {
    const { igfReports, winkelstraatReports, item, table } = place();
    table.beforeNext('write', () => Promise.reject(new Error('crash')));
    await expect(igfReports(labelled)).rejects.toThrow('crash');
    await winkelstraatReports(deliveredShipment());
    await igfReports(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('do not find each other while the shipment is underway, or without a track number', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await igfReports(labelled);
    expect(await winkelstraatReports(deliveredShipment({ status: 'IN_TRANSIT' }))).toEqual([]);
    expect(await winkelstraatReports(deliveredShipment({ shipmentId: '5', track: {} }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('cost a call only when the shipment is delivered', async () => {
    const { winkelstraatReports, table } = place();
    await winkelstraatReports(warehouseShipment());
    expect(table.calls).not.toContain('registerDelivery');
  });
});

describe('the buyer’s order and a shipment of the same article in it', () => {
  const found = [{ shipmentId: '000000402', track: '1Z7E3V556825150AAP', delivered: false }];

  test('find each other when the buyer is known first', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await igfReports(bought);
    expect(await winkelstraatReports(warehouseShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other when the shipment is known first', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await winkelstraatReports(warehouseShipment());
    await igfReports(bought);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['linkBuyerOrder', 'write'] as const)(
    'find each other when the shipment comes while the buyer is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, table } = place();
      table.beforeNext(call, () => winkelstraatReports(warehouseShipment()));
      await igfReports(bought);
      expect(item().relatedShipments).toMatchObject(found);
    },
  );

  test('find each other when the buyer comes while the shipment is being recorded', async () => {
    const { igfReports, winkelstraatReports, item, table } = place();
    table.beforeNext('write', () => igfReports(bought));
    await winkelstraatReports(warehouseShipment());
    expect(item().relatedShipments).toMatchObject(found);
  });

  describe('whose track comes in a webhook of its own', () => {
    const untracked = () => warehouseShipment({ track: undefined });
    const track = trackFact({ orderId: buyersOrder, shipmentId: '000000402' });

    test.each([
      ['before the shipment', [track, untracked()]],
      ['after the shipment', [untracked(), track]],
      ['without the shipment, whose items may contain the article', [track]],
    ])('find each other when it comes %s', async (_when, reports) => {
      const { igfReports, winkelstraatReports, item } = place();
      await igfReports(bought);
      for (const report of reports) await winkelstraatReports(report);
      expect(item().relatedShipments).toMatchObject(found);
    });

    test('find each other when the buyer becomes known last', async () => {
      const { igfReports, winkelstraatReports, item } = place();
      for (const report of [track, untracked()]) await winkelstraatReports(report);
      await igfReports(bought);
      expect(item().relatedShipments).toMatchObject(found);
    });

    test.each([
      ['before', [track, warehouseShipment({ track: undefined, items: [{ sku: 'sku-91' }] })]],
      ['after', [warehouseShipment({ track: undefined, items: [{ sku: 'sku-91' }] }), track]],
    ])('need no person when it comes %s a shipment of another article', async (_when, reports) => {
      const { igfReports, winkelstraatReports, item, work } = place();
      await igfReports(bought);
      for (const report of reports) {
        await winkelstraatReports(report);
        await work();
      }
      expect(item().state).toBe('Matched');
      expect(item()).not.toHaveProperty('attention');
    });

    test('take the newest track, so the label of the forwarding counts once it is told', async () => {
      const { igfReports, winkelstraatReports, item } = place();
      await igfReports(bought);
      const later = { ...track, number: label, updatedAt: '2024-02-22T09:00:00.000Z' };
      for (const report of [untracked(), later, track]) await winkelstraatReports(report);
      expect(item().relatedShipments).toMatchObject([{ shipmentId: '000000402', track: label }]);
    });
  });

  test('do not find each other for another article', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await igfReports(bought);
    expect(await winkelstraatReports(warehouseShipment({ items: [{ sku: 'sku-91' }] }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('find each other when the shipment writes the article differently', async () => {
    const { igfReports, winkelstraatReports, item } = place();
    await igfReports(bought);
    await winkelstraatReports(warehouseShipment({ items: [{ sku: 'SKU-90' }] }));
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('cost no call for a shipment of any other order', async () => {
    const { winkelstraatReports, table } = place();
    await winkelstraatReports(warehouseShipment());
    expect(table.calls).toEqual(['readOrder', 'write', 'readOrder']);
  });

  test('need a person, until the shipment turns out to have the label', async () => {
    const { igfReports, winkelstraatReports, item, work } = place();
    await igfReports(bought);
    await winkelstraatReports(warehouseShipment());
    await work();
    expect(item()).toMatchObject({
      state: 'Matched',
      attention: 'Served twice: hold shipment 000000402 or cancel listing 7.',
    });

    await igfReports({ shipment: { id: 9, status: 'Labelled', label: '1Z7E3V556825150AAP' } });
    await work();
    expect(item().state).toBe('Labelled');
    expect(item()).not.toHaveProperty('attention');
  });
});

describe('with webshopOrderId=po_number, a return and a shipment of an order whose purchase order IGF names', () => {
  const number = 'P2';
  const buyer = { order: { id: 3, webshopOrderId: number } };
  const served = expect.stringMatching(/^Served twice: hold shipment 000000402/);
  const winkelstraatsOrder = '000000777';
  const shipment = warehouseShipment({ orderId: winkelstraatsOrder, poNumber: number });
  const start = () => place({ webshopOrderId: 'po_number' });

  test('find each other when the buyer is known first', async () => {
    const { igfReports, winkelstraatReports, item, work } = start();
    await igfReports(buyer);
    expect(await winkelstraatReports(shipment)).toEqual([ofReturn.orderId]);
    await work();
    expect(item()).toMatchObject({ state: 'Matched', attention: served });
  });

  test('find each other when the shipment is known first', async () => {
    const { igfReports, winkelstraatReports, item, work } = start();
    expect(await winkelstraatReports(shipment)).toEqual([]);
    await igfReports(buyer);
    await work();
    expect(item()).toMatchObject({ attention: served });
  });

  test.each(['linkBuyerOrder', 'linkPurchaseOrder', 'write'] as const)(
    'find each other when the shipment comes while the buyer is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, work, table } = start();
      table.beforeNext(call, () => winkelstraatReports(shipment));
      await igfReports(buyer);
      await work();
      expect(item()).toMatchObject({ attention: served });
    },
  );

  test.each(['write', 'registerPurchaseOrder'] as const)(
    'find each other when the buyer comes while the shipment is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, work, table } = start();
      table.beforeNext(call, () => igfReports(buyer));
      await winkelstraatReports(shipment);
      await work();
      expect(item()).toMatchObject({ attention: served });
    },
  );

  test('find each other when the order as it was placed names its purchase order last', async () => {
    const { igfReports, winkelstraatReports, item, work } = start();
    await igfReports(buyer);
    expect(await winkelstraatReports({ ...shipment, poNumber: undefined })).toEqual([]);
    await winkelstraatReports(salesOrderFact({ orderId: winkelstraatsOrder, poNumber: number }));
    await work();
    expect(item()).toMatchObject({ attention: served });
  });

  test('find each other when the order has no purchase order, by Winkelstraat’s number', async () => {
    const { igfReports, winkelstraatReports, item, work } = start();
    await igfReports({ order: { id: 3, webshopOrderId: winkelstraatsOrder } });
    await winkelstraatReports({ ...shipment, poNumber: undefined });
    await work();
    expect(item()).toMatchObject({ attention: served });
  });

  test('do not find each other when Winkelstraat’s number of another order is the same by chance', async () => {
    const { igfReports, winkelstraatReports, item } = start();
    await winkelstraatReports({ ...shipment, orderId: number, poNumber: 'another' });
    await igfReports(buyer);
    expect(await winkelstraatReports({ ...shipment, orderId: number, poNumber: 'another' })).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('do not find each other by a purchase order that may have lost its zeros', async () => {
    const { igfReports, winkelstraatReports, item } = start();
    await igfReports(buyer);
    await winkelstraatReports({ ...shipment, poNumber: undefined, uncertainPoNumber: number });
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('do not find each other with webshopOrderId=order, which then costs no call either', async () => {
    const { igfReports, winkelstraatReports, item, table } = place();
    await igfReports(buyer);
    await winkelstraatReports(shipment);
    expect(item()).not.toHaveProperty('relatedShipments');
    expect(table.calls).not.toContain('registerPurchaseOrder');
    expect(table.calls).not.toContain('linkPurchaseOrder');
  });
});
