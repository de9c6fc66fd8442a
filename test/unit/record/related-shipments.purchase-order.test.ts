import { ofReturn, salesOrderFact } from '../../support/builders.ts';
import { logged } from '../worker/workplace.ts';
import { forwarding, warehouseShipment } from './forwarding.ts';

logged();

describe('with webshopOrderId=po_number, a return and a shipment of an order whose purchase order IGF names', () => {
  const number = 'P2';
  const buyer = { order: { id: 3, webshopOrderId: number } };
  const served = expect.stringMatching(/^Served twice: hold shipment 000000402/);
  const winkelstraatsOrder = '000000777';
  const shipment = warehouseShipment({ orderId: winkelstraatsOrder, poNumber: number });
  const start = () => forwarding({ webshopOrderId: 'po_number' });

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
    const { igfReports, winkelstraatReports, item, table } = forwarding();
    await igfReports(buyer);
    await winkelstraatReports(shipment);
    expect(item()).not.toHaveProperty('relatedShipments');
    expect(table.calls).not.toContain('registerPurchaseOrder');
    expect(table.calls).not.toContain('linkPurchaseOrder');
  });
});
