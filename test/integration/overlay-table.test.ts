import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import { tableClient } from '../../infra/ops/aws/open-bridge.ts';
import { type Overlays, openOverlays } from '../../infra/ops/preview/overlay-table.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { Bridge } from '../support/bridge.ts';
import { order, rma, shipment } from '../support/webhooks.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let overlays: Overlays;

beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.close());
beforeEach(async () => {
  worker = new Bridge(world, await world.deploy());
  await worker.takes(shipment(), rma());
  overlays = await openOverlays(tableClient(world.dynamodb, worker.stack.table));
});
afterEach(() => overlays[Symbol.asyncDispose]());

async function overlayTable() {
  const { dynamodb, table, store } = await overlays.create();
  return { table: store, dynamodb, name: table };
}
const realItems = async () =>
  (await world.dynamodb.send(new ScanCommand({ TableName: worker.stack.table }))).Items;
const theReturn = async (table: ReturnType<typeof bridgeTable>) => {
  const [item] = (await table.readOrder(order)).returns;
  if (!item) throw new Error('The order has no return.');
  return item;
};

test('an overlay reads the real items', async () => {
  const { table } = await overlayTable();
  const real = bridgeTable(world.dynamodb, worker.stack.table);
  expect(await table.readOrder(order)).toEqual(await real.readOrder(order));
});

test('a write stays in its overlay: later reads see it, the real table and other overlays do not', async () => {
  const before = await realItems();
  const { table } = await overlayTable();
  const item = await theReturn(table);
  const content = { ...item, state: 'Closed', why: 'It is over.' } as const;
  expect(await table.write({ kind: 'return', content })).toBe('written');

  expect(await theReturn(table)).toMatchObject({ state: 'Closed', rev: item.rev + 1 });
  expect((await theReturn((await overlayTable()).table)).state).toBe(item.state);
  expect(await realItems()).toEqual(before);
});

test('a write is checked against the real item, also when nothing read it before', async () => {
  const real = await theReturn(bridgeTable(world.dynamodb, worker.stack.table));
  const { table } = await overlayTable();
  const content = { ...real, rev: real.rev + 1 };
  expect(await table.write({ kind: 'return', content })).toBe('changed');
});

test('a command without a partition is refused', async () => {
  const { dynamodb, name } = await overlayTable();
  await expect(dynamodb.send(new ScanCommand({ TableName: name }))).rejects.toThrow(/one partition/);
});
