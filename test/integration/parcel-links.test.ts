import type { RelatedShipment } from '../../lib/returns/return-item.ts';
import { type BridgeTable, bridgeTable } from '../../lib/table/bridge-table.ts';
import { labelRetentionSeconds } from '../../lib/table/shipment-links.ts';
import { startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let table: BridgeTable;

beforeAll(async () => {
  world = await startWorld();
  table = bridgeTable(world.dynamodb, (await world.deploy()).table);
}, startDeadlineMs);
afterAll(() => world?.close());

const ref = { orderId: 'order', rmaId: 'rma', itemId: 'item' };
const parcel = (track: string): RelatedShipment => ({
  orderId: 'buyers-order',
  shipmentId: 'shipment',
  track,
  delivered: true,
  at: '2024-03-11T09:00:00.000Z',
});
const now = '2024-03-11T12:00:00.000Z';
const inSeconds = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();

describe('a label and the parcel that is delivered under it', () => {
  test('find one another, whoever comes first', async () => {
    expect(await table.registerLabel('A', ref, now)).toBeUndefined();
    expect(await table.registerDelivery(parcel('A'), now)).toEqual(ref);
    expect(await table.registerDelivery(parcel('B'), now)).toBeUndefined();
    expect(await table.registerLabel('B', ref, now)).toEqual(parcel('B'));
  });

  test('find one another however often they are told', async () => {
    await table.registerLabel('C#1', ref, now);
    await table.registerLabel('C#1', ref, now);
    await table.registerDelivery(parcel('C#1'), now);
    expect(await table.registerDelivery(parcel('C#1'), now)).toEqual(ref);
    expect(await table.registerLabel('C#1', ref, now)).toEqual(parcel('C#1'));
    expect(await table.registerLabel('C%231', ref, now)).toBeUndefined();
  });

  test('never miss one another when both come at once', async () => {
    for (let round = 0; round < 30; round += 1) {
      const track = `AT-ONCE-${round}`;
      const found = await Promise.all([
        table.registerLabel(track, ref, now),
        table.registerDelivery(parcel(track), now),
      ]);
      expect(found.filter((other) => other !== undefined)).toHaveLength(1);
    }
  });

  test('are strangers once the time of the first one has passed', async () => {
    await table.registerDelivery(parcel('OLD'), now);
    expect(await table.registerLabel('OLD', ref, inSeconds(labelRetentionSeconds))).toBeUndefined();
    await table.registerDelivery(parcel('YOUNG'), now);
    expect(await table.registerLabel('YOUNG', ref, inSeconds(labelRetentionSeconds - 1))).toEqual(
      parcel('YOUNG'),
    );
  });
});

test('a return that serves a buyer is read with the buyer’s order, each once', async () => {
  await table.linkBuyerOrder('buyers#order', ref);
  await table.linkBuyerOrder('buyers#order', ref);
  await table.linkBuyerOrder('buyers#order', { ...ref, itemId: 'item-2' });
  expect(await table.readOrder('buyers#order')).toEqual({
    orderId: 'buyers#order',
    shipments: [],
    rmas: [],
    returns: [],
    forwarded: [ref, { ...ref, itemId: 'item-2' }],
  });
});

test('the retailer’s rules are read as they were written, and are none before', async () => {
  const rules = { countries: ['NL'], bannedEmailHashes: ['abc'], readAt: now };
  expect(await table.readRetailer()).toBeUndefined();
  await table.writeRetailer({ ...rules, whitelist: ['sku'], blacklist: [] });
  expect(await table.readRetailer()).toEqual(rules);
});
