import type { ShipmentFact } from '../../../lib/facts/facts.ts';
import type { IgfFact } from '../../../lib/facts/igf-facts.ts';
import { recordIgfFacts } from '../../../lib/record/link.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import { updateForwardedReturns } from '../../../lib/record/related-shipments.ts';
import { ofReturn, openingFact, shipmentFact } from '../../support/builders.ts';
import { logged, workplace } from '../worker/workplace.ts';

logged();
const label = '3SDEVC676401291';
const buyersOrder = 'WEB-3';

/** A listed return, and the two sides that tell of its forwarding. */
function place() {
  const surroundings = workplace({ facts: [openingFact()], reached: { state: 'Listed', listingId: 7 } });
  const { table, dependencies } = surroundings;
  return {
    ...surroundings,
    /** IGF tells who bought it, or the label. */
    igfTells: (fact: Partial<IgfFact>) => recordIgfFacts(ofReturn, [{ kind: 'igf', ...fact }], dependencies),
    /** Winkelstraat tells of a shipment. @returns the orders that are to be advanced because of it */
    async winkelstraatTells(fact: ShipmentFact) {
      const { order } = await recordFacts(fact.orderId, [fact], table);
      return (await updateForwardedReturns(order, [fact], dependencies)).map(({ orderId }) => orderId);
    },
  };
}

const bought = { order: { id: 3, webshopOrderId: buyersOrder } };
const labelled = { shipment: { id: 9, label: '3SDEVC 676401291' } };
const deliveredParcel = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrder,
    shipmentId: '000000401',
    status: 'DELIVERED',
    track: { number: label.toLowerCase() },
    items: [{ sku: 'sku-of-somebody-else' }],
    ...overrides,
  });
const warehouseParcel = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrder,
    shipmentId: '000000402',
    track: { number: '1Z7E3V556825150AAP' },
    ...overrides,
  });

describe('the label and the delivered parcel that carries it', () => {
  const found = [{ orderId: buyersOrder, shipmentId: '000000401', track: label, delivered: true }];

  test('meet when the label is known first', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    await igfTells(labelled);
    expect(await winkelstraatTells(deliveredParcel())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('meet when the parcel is known first', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    expect(await winkelstraatTells(deliveredParcel())).toEqual([]);
    await igfTells(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['registerLabel', 'write', 'readOrder'] as const)(
    'meet when the parcel comes while the label is being recorded (before %s)',
    async (call) => {
      const { igfTells, winkelstraatTells, item, table } = place();
      table.beforeNext(call, () => winkelstraatTells(deliveredParcel()));
      await igfTells(labelled);
      expect(item()).toMatchObject({ relatedShipments: found, igf: { shipment: { id: 9 } } });
    },
  );

  test('meet when the label comes while the parcel is being recorded', async () => {
    const { igfTells, winkelstraatTells, item, table } = place();
    table.beforeNext('registerDelivery', () => igfTells(labelled));
    expect(await winkelstraatTells(deliveredParcel())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('meet although the attempt that learned the label crashed before it wrote the return', async () => {
    const { igfTells, winkelstraatTells, item, table } = place();
    table.beforeNext('write', () => Promise.reject(new Error('crash')));
    await expect(igfTells(labelled)).rejects.toThrow('crash');
    await winkelstraatTells(deliveredParcel());
    await igfTells(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('do not meet while the parcel is on its way, or when it has no track number', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    await igfTells(labelled);
    expect(await winkelstraatTells(deliveredParcel({ status: 'IN_TRANSIT' }))).toEqual([]);
    expect(await winkelstraatTells(deliveredParcel({ shipmentId: '5', track: {} }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('cost a call only for a shipment that is delivered', async () => {
    const { winkelstraatTells, table } = place();
    await winkelstraatTells(warehouseParcel());
    expect(table.calls).not.toContain('registerDelivery');
  });
});

describe('the buyer’s order and a shipment of the same article in it', () => {
  const found = [{ shipmentId: '000000402', track: '1Z7E3V556825150AAP', delivered: false }];

  test('meet when the buyer is known first', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    await igfTells(bought);
    expect(await winkelstraatTells(warehouseParcel())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('meet when the shipment is known first', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    await winkelstraatTells(warehouseParcel());
    await igfTells(bought);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['linkBuyerOrder', 'write'] as const)(
    'meet when the shipment comes while the buyer is being recorded (before %s)',
    async (call) => {
      const { igfTells, winkelstraatTells, item, table } = place();
      table.beforeNext(call, () => winkelstraatTells(warehouseParcel()));
      await igfTells(bought);
      expect(item().relatedShipments).toMatchObject(found);
    },
  );

  test('meet when the buyer comes while the shipment is being recorded', async () => {
    const { igfTells, winkelstraatTells, item, table } = place();
    table.beforeNext('write', () => igfTells(bought));
    await winkelstraatTells(warehouseParcel());
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('do not meet over another article', async () => {
    const { igfTells, winkelstraatTells, item } = place();
    await igfTells(bought);
    expect(await winkelstraatTells(warehouseParcel({ items: [{ sku: 'sku-91' }] }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('cost a shipment of any other order nothing', async () => {
    const { winkelstraatTells, table } = place();
    await winkelstraatTells(warehouseParcel());
    expect(table.calls).toEqual(['readOrder', 'write', 'readOrder']);
  });

  test('raise attention, which is settled when the label turns out to be the parcel’s own', async () => {
    const { igfTells, winkelstraatTells, item, work } = place();
    await igfTells(bought);
    await winkelstraatTells(warehouseParcel());
    await work();
    expect(item()).toMatchObject({
      state: 'Matched',
      attention: 'Served twice: hold shipment 000000402 or cancel listing 7.',
    });

    await igfTells({ shipment: { id: 9, status: 'Labelled', label: '1Z7E3V556825150AAP' } });
    await work();
    expect(item().state).toBe('Labelled');
    expect(item()).not.toHaveProperty('attention');
  });
});
