import { ofReturn, trackFact } from '../../support/builders.ts';
import { logged } from '../worker/workplace.ts';
import { buyersOrderId, forwarding, warehouseShipment } from './forwarding.ts';

logged();
const label = '3SDEVC676401291';
const bought = { order: { id: 3, webshopOrderId: buyersOrderId } };

describe('the buyer’s order and a shipment of the same article in it', () => {
  const found = [{ shipmentId: '000000402', track: '1Z7E3V556825150AAP', delivered: false }];

  test('find each other when the buyer is known first', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await igfReports(bought);
    expect(await winkelstraatReports(warehouseShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other when the shipment is known first', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await winkelstraatReports(warehouseShipment());
    await igfReports(bought);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['linkBuyerOrder', 'write'] as const)(
    'find each other when the shipment comes while the buyer is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, table } = forwarding();
      table.beforeNext(call, () => winkelstraatReports(warehouseShipment()));
      await igfReports(bought);
      expect(item().relatedShipments).toMatchObject(found);
    },
  );

  test('find each other when the buyer comes while the shipment is being recorded', async () => {
    const { igfReports, winkelstraatReports, item, table } = forwarding();
    table.beforeNext('write', () => igfReports(bought));
    await winkelstraatReports(warehouseShipment());
    expect(item().relatedShipments).toMatchObject(found);
  });

  describe('whose track comes in a webhook of its own', () => {
    const untracked = () => warehouseShipment({ track: undefined });
    const track = trackFact({ orderId: buyersOrderId, shipmentId: '000000402' });

    test.each([
      ['before the shipment', [track, untracked()]],
      ['after the shipment', [untracked(), track]],
      ['without the shipment, whose items may contain the article', [track]],
    ])('find each other when it comes %s', async (_when, reports) => {
      const { igfReports, winkelstraatReports, item } = forwarding();
      await igfReports(bought);
      for (const report of reports) await winkelstraatReports(report);
      expect(item().relatedShipments).toMatchObject(found);
    });

    test('find each other when the buyer becomes known last', async () => {
      const { igfReports, winkelstraatReports, item } = forwarding();
      for (const report of [track, untracked()]) await winkelstraatReports(report);
      await igfReports(bought);
      expect(item().relatedShipments).toMatchObject(found);
    });

    test.each([
      ['before', [track, warehouseShipment({ track: undefined, items: [{ sku: 'sku-91' }] })]],
      ['after', [warehouseShipment({ track: undefined, items: [{ sku: 'sku-91' }] }), track]],
    ])('need no person when it comes %s a shipment of another article', async (_when, reports) => {
      const { igfReports, winkelstraatReports, item, work } = forwarding();
      await igfReports(bought);
      for (const report of reports) {
        await winkelstraatReports(report);
        await work();
      }
      expect(item().state).toBe('Matched');
      expect(item()).not.toHaveProperty('attention');
    });

    test('take the newest track, so the label of the forwarding counts once it is told', async () => {
      const { igfReports, winkelstraatReports, item } = forwarding();
      await igfReports(bought);
      const later = { ...track, number: label, updatedAt: '2024-02-22T09:00:00.000Z' };
      for (const report of [untracked(), later, track]) await winkelstraatReports(report);
      expect(item().relatedShipments).toMatchObject([{ shipmentId: '000000402', track: label }]);
    });
  });

  test('do not find each other for another article', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await igfReports(bought);
    expect(await winkelstraatReports(warehouseShipment({ items: [{ sku: 'sku-91' }] }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('find each other when the shipment writes the article differently', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await igfReports(bought);
    await winkelstraatReports(warehouseShipment({ items: [{ sku: 'SKU-90' }] }));
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('cost no call for a shipment of any other order', async () => {
    const { winkelstraatReports, table } = forwarding();
    await winkelstraatReports(warehouseShipment());
    expect(table.calls).toEqual(['readOrder', 'write', 'readOrder']);
  });

  test('need a person, until the shipment turns out to have the label', async () => {
    const { igfReports, winkelstraatReports, item, work } = forwarding();
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
