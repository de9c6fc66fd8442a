import type { ShipmentFact } from '../../../lib/facts/facts.ts';
import { ofReturn, shipmentFact } from '../../support/builders.ts';
import { logged } from '../worker/workplace.ts';
import { buyersOrderId, forwarding, warehouseShipment } from './forwarding.ts';

logged();
const label = '3SDEVC676401291';

const labelled = { shipment: { id: 9, label: '3SDEVC 676401291' } };
const deliveredShipment = (overrides: Partial<ShipmentFact> = {}) =>
  shipmentFact({
    orderId: buyersOrderId,
    shipmentId: '000000401',
    status: 'DELIVERED',
    track: { number: label.toLowerCase() },
    items: [{ sku: 'sku-of-somebody-else' }],
    ...overrides,
  });

describe('a label and the shipment that was delivered under it', () => {
  const found = [{ orderId: buyersOrderId, shipmentId: '000000401', track: label, delivered: true }];

  test('find each other when the label comes first', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await igfReports(labelled);
    expect(await winkelstraatReports(deliveredShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other when the shipment comes first', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    expect(await winkelstraatReports(deliveredShipment())).toEqual([]);
    await igfReports(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test.each(['registerLabel', 'write', 'readOrder'] as const)(
    'find each other when the shipment comes while the label is being recorded (before %s)',
    async (call) => {
      const { igfReports, winkelstraatReports, item, table } = forwarding();
      table.beforeNext(call, () => winkelstraatReports(deliveredShipment()));
      await igfReports(labelled);
      expect(item()).toMatchObject({ relatedShipments: found, igf: { shipment: { id: 9 } } });
    },
  );

  test('find each other when the label comes while the shipment is being recorded', async () => {
    const { igfReports, winkelstraatReports, item, table } = forwarding();
    table.beforeNext('registerDelivery', () => igfReports(labelled));
    expect(await winkelstraatReports(deliveredShipment())).toEqual([ofReturn.orderId]);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('find each other after the attempt with the label crashed before it wrote the return', async () => {
    const { igfReports, winkelstraatReports, item, table } = forwarding();
    table.beforeNext('write', () => Promise.reject(new Error('crash')));
    await expect(igfReports(labelled)).rejects.toThrow('crash');
    await winkelstraatReports(deliveredShipment());
    await igfReports(labelled);
    expect(item().relatedShipments).toMatchObject(found);
  });

  test('do not find each other while the shipment is underway, or without a track number', async () => {
    const { igfReports, winkelstraatReports, item } = forwarding();
    await igfReports(labelled);
    expect(await winkelstraatReports(deliveredShipment({ status: 'IN_TRANSIT' }))).toEqual([]);
    expect(await winkelstraatReports(deliveredShipment({ shipmentId: '5', track: {} }))).toEqual([]);
    expect(item()).not.toHaveProperty('relatedShipments');
  });

  test('cost a call only when the shipment is delivered', async () => {
    const { winkelstraatReports, table } = forwarding();
    await winkelstraatReports(warehouseShipment());
    expect(table.calls).not.toContain('registerDelivery');
  });
});
