import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { type OpenBridge, tableClient } from '../../infra/ops/aws/open-bridge.ts';
import { erase as eraseAll } from '../../infra/ops/erase/erase.ts';
import { findInOrder } from '../../infra/ops/erase/find.ts';
import { writeRejection } from '../../lib/ingest/rejection.ts';
import { mergeRejection } from '../../lib/quarantine/rejected-delivery.ts';
import { rejectedItems } from '../../lib/quarantine/rejected-items.ts';
import { tableItems } from '../../lib/table/dynamodb.ts';
import { eventId } from '../../lib/webhooks/envelope.ts';
import type { Bridge } from '../support/bridge.ts';
import { allItems } from '../support/expiry.ts';
import { eachOperated, messageOf, type Operator } from '../support/operator.ts';
import type { OpsRun } from '../support/ops.ts';
import { customerEmail, type Delivery, order, rma, shipment } from '../support/webhooks.ts';
import type { Stack, World } from '../support/world.ts';

let world: World;
let operator: Operator;
let stack: Stack;
let worker: Bridge;

eachOperated((fresh) => {
  ({ world, stack, worker, operator } = fresh);
});

const ops = (...args: string[]): Promise<OpsRun> =>
  operator.runWith(
    { IgfQueueUrl: stack.igfQueue.url, QuarantineQueueUrl: stack.rejected.feed.queue.url },
    ...args,
  );
const erase = (...args: string[]): Promise<OpsRun> => ops('erase', '--by', 'an operator', ...args);

const words = 'Sentinel words of the customer';
const personal = /jansen|dijkstraat|gwinkelstraat|sentinel/i;
const sent = (orderId = order, address: object = {}): Delivery =>
  shipment({
    order_increment_id: orderId,
    track: { tracking_number: 'SENTINEL1', carrier: 'postnl' },
    shipping_address: { ...(shipment().payload.shipping_address as object), ...address },
  });
const over = (orderId = order): Delivery =>
  rma({ order_increment_id: orderId, status: 'denied' }, { status: 'denied', reason: words });

const holding = async (pattern = personal): Promise<string[]> =>
  (await allItems(world.dynamodb, stack.table))
    .filter((item) => pattern.test(JSON.stringify(item)))
    .map(({ sk }) => sk)
    .filter((sk) => !sk.startsWith('UNMAPPED#'));

/** A rejected delivery in the table. */
async function reject(body: string): Promise<void> {
  const rejection = {
    ...{ schema: 1 as const, webhook: 'stock-hub/v1/rma', version: '1.0', correlationId: 'c', errors: [] },
    ...{
      id: eventId('x', body),
      delivery: 'one',
      receivedAt: new Date().toISOString(),
      body: Buffer.from(body),
    },
  };
  const items = rejectedItems(tableItems(world.dynamodb, stack.table), Date.now);
  await items.write(mergeRejection(undefined, rejection));
  const message = { QueueUrl: stack.rejected.deadLetters.url, MessageBody: writeRejection(rejection) };
  await world.sqs.send(new SendMessageCommand(message));
}

test('strips the table, the quarantine and the DLQs, and keeps a skeleton and an audit line', async () => {
  await worker.takes(sent(), rma(), over());
  await worker.takes(sent('000000777', { email: 'other@example.org', lastname: 'Sentinelsen' }));
  await reject(`{"order": "${order}", "name": "Sentinel`);
  await reject('{"order": "0000005491", "name": "Other');
  await operator.bury(messageOf(rma({ customer_note: words })));
  expect(await holding()).not.toEqual([]);

  const refused = await erase('--order', order, '--yes');
  const inOneLine = /not over: A rejected delivery .* A message is in a DLQ: .*--force/;
  expect(refused).toMatchObject({ code: 1, complaints: [expect.stringMatching(inOneLine)] });
  const preview = await erase('--order', order, '--dry-run', '--force');
  expect(preview.code).toBe(0);
  expect(preview.text).toMatch(/Messages in DLQs: 2/);
  expect(preview.text).not.toMatch(personal);
  expect(await holding()).toContain('SHIPMENT#000000288');

  const { code, text } = await erase('--order', order, '--yes', '--force');
  expect(code).toBe(0);
  expect(text).toMatch(/Backups .* 35 more days/);
  expect(text).toMatch(/Ask ItGoesForward .* listing \d+/);
  const left = (await allItems(world.dynamodb, stack.table)).filter(({ pk }) => pk === `ORDER#${order}`);
  expect(left.filter((item) => personal.test(JSON.stringify(item)))).toEqual([]);
  expect(await holding(/Other/)).toEqual(['REJECTED']);
  expect(await holding()).toContain('SHIPMENT#000000288');
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled', stripped: true });
  expect(left.map(({ sk }) => sk)).toContain('SKELETON#000000093#90');
  expect((await ops('order', order)).text).toMatch(/Personal data of \d+ items erased .*, by an operator/);
  expect(await worker.parked()).toEqual([]);

  const again = await erase('--order', order, '--yes');
  expect(again).toMatchObject({ code: 1, complaints: ['No personal data was found.'] });
});

test('removes why a person dismissed a delivery', async () => {
  await worker.takes(sent());
  await world.igf.fault({ operation: 'POST /listings', status: 400 });
  await worker.takes(rma());
  const [{ eventId: id }] = JSON.parse((await ops('parked', '--json')).text).deliveries;
  await ops('parked', 'dismiss', id, '--reason', 'Sentinel called');
  expect(await holding(/Sentinel called/)).toHaveLength(1);

  expect((await erase('--order', order, '--yes', '--force')).code).toBe(0);
  expect(await holding(/Sentinel called/)).toEqual([]);
  expect((await ops('order', order)).text).toMatch(/dismissed .*, by /);
});

test('of one order leaves what was rejected or parked of another order of the same person', async () => {
  await worker.takes(sent());
  await reject(`{"order": "000000551", "email": "${customerEmail}"`);
  await operator.bury(messageOf(sent('000000552')));

  expect((await erase('--order', order, '--yes')).text).toMatch(
    /Rejected deliveries: none\nMessages in DLQs: 0/,
  );
  expect((await operator.dlq()).count).toBe(1);
  expect(await holding(/000000551/)).toEqual(['REJECTED']);
});

test('of an order with a short number leaves what has that number in another field', async () => {
  await worker.takes(sent('12'));
  await reject(JSON.stringify(rma({ order_increment_id: '551', store_id: 12 }).payload));
  await operator.bury(messageOf(rma({ order_increment_id: '552', store_id: 12 })));

  expect((await erase('--order', '12', '--yes')).text).toMatch(
    /Rejected deliveries: none\nMessages in DLQs: 0/,
  );
  expect((await erase('--order', '551', '--yes', '--force')).text).toMatch(/Messages in DLQs: 1/);
  expect((await erase('--order', '552', '--yes', '--force')).code).toBe(0);
});

test('finds every order of an e-mail address, however it is written', async () => {
  await worker.takes(sent(), sent('000000550'), sent('000000551', { email: 'other@example.org' }));
  const { code, text } = await erase('--email', ` ${customerEmail.toUpperCase()}`, '--yes');
  expect({ code, text }).toMatchObject({
    code: 0,
    text: expect.stringMatching(/Order 000000549.*Order 000000550/s),
  });
  expect(await holding(/gwinkelstraat/)).toEqual([]);
  expect(await holding(/other@example/)).not.toEqual([]);
  expect(await erase('--email', customerEmail, '--yes')).toMatchObject({ code: 1 });
});

/** A bridge whose table takes so many writes, and then fails. */
const interruptedAfter = (writes: number): OpenBridge => {
  let left = writes;
  const send = (command: { constructor: { name: string } }) => {
    const isWrite = /^(Put|Update|Delete)/.test(command.constructor.name);
    if (isWrite && left === 0) throw new Error('interrupted');
    if (isWrite) left -= 1;
    return world.dynamodb.send(command as never);
  };
  const dynamodb = Object.assign(Object.create(world.dynamodb), { send });
  const queueUrl = () => stack.rejected.feed.queue.url;
  return {
    ...tableClient(dynamodb, stack.table),
    now: Date.now,
    sqs: world.sqs,
    queues: ['quarantine'],
    queueUrl,
  } as unknown as OpenBridge;
};

test('finishes although each attempt is interrupted after a few writes', async () => {
  await worker.takes(sent(), rma(), over());
  let interruptions = 0;
  for (let isErased = false; !isErased; ) {
    const bridge = interruptedAfter(3);
    const subject = { orders: [await findInOrder(order, bridge)] };
    isErased = await eraseAll(bridge, subject, [], 'an operator').then(
      () => true,
      () => false,
    );
    interruptions += isErased ? 0 : 1;
  }
  expect(interruptions).toBeGreaterThan(2);
  expect(await holding()).toEqual([]);
});

test('erases what a late webhook brings back', async () => {
  await worker.takes(sent(), over());
  await erase('--order', order, '--yes');
  await worker.takes(sent(order, { city: 'Sentinelstad' }));
  expect(await holding()).not.toEqual([]);
  expect(await erase('--order', order, '--yes')).toMatchObject({ code: 0 });
  expect(await holding()).toEqual([]);
});

test('takes a parked delivery out of the list of parked ones', async () => {
  await world.igf.fault({ operation: 'POST /listings', status: 422 });
  await worker.takes(sent(), rma());
  expect((await ops('parked')).text).toMatch(/stock-hub\/v1\/rma/);
  expect(await erase('--order', order, '--yes')).toMatchObject({ code: 1 });
  expect(await erase('--order', order, '--yes', '--force')).toMatchObject({ code: 0 });
  expect((await ops('parked')).code).toBe(0);
});

test('does not erase what is not over, unless it is forced, and an open return then goes on', async () => {
  await worker.takes(sent(), rma());
  const refused = await erase('--order', order, '--yes');
  expect(refused).toMatchObject({
    code: 1,
    complaints: [expect.stringMatching(/not over: Return 000000093\/90 is Listed.*--force/)],
  });
  expect(await holding()).not.toEqual([]);

  expect(await erase('--order', order, '--yes', '--force')).toMatchObject({ code: 0 });
  expect(await holding()).toEqual([]);
  await worker.takes(sent(order, { city: 'Elsewhere' }), rma({ po_number: 'LATE' }));
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
  expect(await world.igf.posts()).toHaveLength(1);
  await worker.takes(over());
  expect(await worker.theReturn(order)).toMatchObject({ state: 'Cancelled' });
});

test('names what was typed wrong', async () => {
  expect(await erase('--yes')).toMatchObject({ code: 2, complaints: ['Give --order or --email.'] });
  expect(await erase('--order', '1', '--email', 'a@b.nl')).toMatchObject({ code: 2 });
  expect(await erase('--order', 'unknown', '--yes')).toMatchObject({ code: 1 });
});
