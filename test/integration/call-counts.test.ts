import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { keys } from '../../lib/table/keys.ts';
import { budgets } from '../bench/budgets.ts';
import { Bridge } from '../support/bridge.ts';
import { type Calls, type CountingProxy, countingProxy, total } from '../support/counting-proxy.ts';
import { IngestFunction } from '../support/ingest-function.ts';
import { type Delivery, order, rma, rmaItem, shipment, v2Rma } from '../support/webhooks.ts';
import { documentClient, startWorld, type World } from '../support/world.ts';

let world: World;
let dynamodb: DynamoDBDocumentClient;
let proxies: Record<'dynamodb' | 'sqs' | 'secretsManager', CountingProxy>;
let worker: Bridge;

beforeAll(async () => {
  world = await startWorld();
  proxies = {
    dynamodb: await countingProxy(world.addresses.dynamodb),
    sqs: await countingProxy(world.addresses.sqs),
    secretsManager: await countingProxy(world.addresses.secretsManager),
  };
  dynamodb = documentClient(proxies.dynamodb.url);
});
afterAll(async () => {
  dynamodb?.destroy();
  await Promise.all(Object.values(proxies ?? {}).map((proxy) => proxy[Symbol.asyncDispose]()));
  await world?.close();
});
beforeEach(async () => {
  await world.igf.forget();
  worker = new Bridge(world, await world.deploy(), { dynamodb });
});

/** The calls on the wire that processing a delivery costs, from its message to done. */
async function costOf(delivery: Delivery): Promise<{ dynamodb: Calls; igf: string[] }> {
  const before = (await world.igf.requests()).length;
  await worker.deliver(delivery);
  proxies.dynamodb.take();
  expect(await worker.drain()).toEqual(['acknowledged']);
  return {
    dynamodb: proxies.dynamodb.take(),
    igf: (await world.igf.requests()).slice(before).map(({ method, path }) => `${method} ${path}`),
  };
}

/** Fails with the calls themselves when there are too many. */
function expectAtMost(calls: Calls, budget: number): void {
  expect(total(calls) > budget ? calls : {}).toEqual({});
}

describe('a listing', () => {
  test(`costs at most ${budgets.listing.dynamodbCalls} calls to DynamoDB and one to IGF`, async () => {
    await worker.takes(shipment());
    const cost = await costOf(rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(cost.igf).toEqual(['POST /listings']);
    expectAtMost(cost.dynamodb, budgets.listing.dynamodbCalls);
  });

  test('costs no more after a long history of its order', async () => {
    await worker.takes(shipment());
    // Together they are longer than one answer to a query can be.
    const items = tableItems(dynamodb, worker.stack.table);
    for (let at = 0; at < 40; at += 1) {
      await items.put({ ...keys.event(order, `event-${at}`), payload: 'x'.repeat(40_000), outcome: 'done' });
    }
    const cost = await costOf(rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expectAtMost(cost.dynamodb, budgets.listing.dynamodbCalls);
  });

  test('costs no more as push-api v2/rma', async () => {
    // A worker's first message reads the retailer's configuration, for the ten minutes that follow.
    await worker.takes(shipment());
    const cost = await costOf(v2Rma());
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(cost.igf).toEqual(['POST /listings']);
    expectAtMost(cost.dynamodb, budgets.listing.dynamodbCalls);
  });

  test(`of a further item costs at most ${budgets.furtherItem.dynamodbCalls} more calls to DynamoDB`, async () => {
    const further = 4;
    const items = Array.from({ length: 1 + further }, (_, index) => ({ id: index, sku: `sku-${index}` }));
    worker = new Bridge(world, worker.stack, { dynamodb, policy: { forward: 'each-item' } });
    await worker.takes(shipment({}, ...items.map(({ sku }) => ({ sku }))));
    const cost = await costOf(rma({}, ...items));
    expect((await worker.returns(order)).map(({ state }) => state)).toEqual(
      Array(1 + further).fill('Listed'),
    );
    expect(cost.igf).toHaveLength(1 + further);
    expectAtMost(cost.dynamodb, budgets.listing.dynamodbCalls + further * budgets.furtherItem.dynamodbCalls);
  });
});

describe('a duplicate', () => {
  test.each([
    ['of an RMA that is listed', [shipment(), rma()]],
    ['of an RMA that is closed', [shipment(), rma({ status: 'denied' })]],
    ['of an RMA that waits for its shipment', [rma()]],
    ['of a shipment', [rma(), shipment()]],
    ['of a v2/rma', [v2Rma()]],
    ['of an rma-item', [v2Rma(), rmaItem()]],
  ])(
    `%s costs at most ${budgets.duplicate.dynamodbCalls} calls to DynamoDB and none to IGF`,
    async (_what, deliveries) => {
      await worker.takes(...deliveries);
      const cost = await costOf(deliveries.at(-1) ?? rma());
      expect(cost.igf).toEqual([]);
      expectAtMost(cost.dynamodb, budgets.duplicate.dynamodbCalls);
    },
  );
});

describe('an ingest call', () => {
  test(`costs ${budgets.ingestAwsCalls} call to AWS while the key is cached`, async () => {
    const ingest = new IngestFunction(world, worker.stack, {
      addresses: { sqs: proxies.sqs.url, secretsManager: proxies.secretsManager.url },
    });
    await ingest.post(rma());
    proxies.sqs.take();
    proxies.secretsManager.take();
    for (let count = 0; count < 5; count += 1) {
      expect(await ingest.post(rma({ increment_id: `00${count}` }))).toMatchObject({ statusCode: 202 });
    }
    expect({ ...proxies.sqs.take(), ...proxies.secretsManager.take() }).toEqual({
      SendMessage: 5 * budgets.ingestAwsCalls,
    });
  });
});
