import { reservationRetentionSeconds } from '../../lib/matching/reservations.ts';
import { type BridgeTable, bridgeTable } from '../../lib/table/bridge-table.ts';
import { startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let table: BridgeTable;

beforeAll(async () => {
  world = await startWorld();
  table = bridgeTable(world.dynamodb, (await world.deploy()).table);
}, startDeadlineMs);
afterAll(() => world?.close());

const ref = { orderId: 'order', rmaId: 'rma', itemId: 'item' };
const shipment = { orderId: 'buyers-order', shipmentId: 'shipment' };
const now = '2024-03-11T12:00:00.000Z';
const inSeconds = (seconds: number): string => new Date(Date.parse(now) + seconds * 1000).toISOString();

describe('a listed article and a shipment that waits', () => {
  test('find one another, whoever comes first', async () => {
    expect(await table.registerOffer('a#1', ref, now)).toEqual([]);
    expect(await table.registerOpenShipment('a#1', { ...shipment, quantity: 1 }, now)).toEqual([ref]);
    expect(await table.registerOpenShipment('b', { ...shipment, quantity: 1 }, now)).toEqual([]);
    expect(await table.registerOffer('b', ref, now)).toEqual([shipment]);
    expect(await table.registerOffer('a%231', ref, now)).toEqual([]);
  });

  test('never miss one another when both come at once', async () => {
    for (let round = 0; round < 30; round += 1) {
      const sku = `at-once-${round}`;
      const [shipments, returns] = await Promise.all([
        table.registerOffer(sku, ref, now),
        table.registerOpenShipment(sku, { ...shipment, quantity: 1 }, now),
      ]);
      expect(shipments.length + returns.length).toBeGreaterThan(0);
    }
  });

  test('are strangers once the time of the first one has passed', async () => {
    await table.registerOffer('old', ref, now);
    const late = inSeconds(reservationRetentionSeconds);
    expect(await table.registerOpenShipment('old', { ...shipment, quantity: 1 }, late)).toEqual([]);
  });
});

describe('the pieces of a shipment', () => {
  const take = (sku: string, token: string) => table.reserveUnit(sku, shipment, token, ref);

  test('are taken as often as there are some, and once by one token', async () => {
    await table.registerOpenShipment('two', { ...shipment, quantity: 2 }, now);
    expect(await take('two', 'one')).toBe('taken');
    expect(await take('two', 'one')).toBe('taken');
    expect(await take('two', 'two')).toBe('taken');
    expect(await take('two', 'three')).toBe('none-left');
    expect(await table.registerOffer('two', ref, now)).toEqual([]);
    expect(await table.listReservations('two', shipment)).toEqual([ref, ref]);
  });

  test('stay taken when the shipment is told again, and are there again when they are given back', async () => {
    await table.registerOpenShipment('one', { ...shipment, quantity: 1 }, now);
    await take('one', 'first');
    await table.registerOpenShipment('one', { ...shipment, quantity: 1 }, now);
    expect(await take('one', 'second')).toBe('none-left');
    await table.releaseUnit('one', shipment, 'second');
    expect(await take('one', 'second')).toBe('none-left');
    await table.releaseUnit('one', shipment, 'first');
    expect(await take('one', 'second')).toBe('taken');
  });

  test('are taken once by ten at once', async () => {
    await table.registerOpenShipment('ten', { ...shipment, quantity: 1 }, now);
    const tokens = Array.from({ length: 10 }, (_, index) => `token-${index}`);
    const outcomes = await Promise.all(tokens.map((token) => take('ten', token)));
    expect(outcomes.filter((outcome) => outcome === 'taken')).toHaveLength(1);
  });

  test('of a shipment that nobody told are none', async () => {
    expect(await take('none', 'token')).toBe('none-left');
    await table.releaseUnit('none', shipment, 'token');
    expect(await table.listReservations('none', shipment)).toEqual([]);
  });
});
