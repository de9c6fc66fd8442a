import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { eventId } from '../../lib/webhooks/envelope.ts';
import { Bridge } from '../support/bridge.ts';
import { messageOf, Operator, previewed } from '../support/operator.ts';
import { pointOpsAt, pointOpsBack } from '../support/ops.ts';
import { order, rma, shipment, v2Rma } from '../support/webhooks.ts';
import { startDeadlineMs, startWorld, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;

beforeAll(async () => {
  world = await startWorld();
  pointOpsAt(world);
}, startDeadlineMs);
afterAll(async () => {
  pointOpsBack();
  await world?.close();
});
beforeEach(async () => {
  await world.igf.forget();
  const stack = await world.deploy();
  worker = new Bridge(world, stack);
  operator = new Operator(world, stack);
});

const refuse = (operation: string, status = 409) => world.igf.fault({ operation, status });

describe('a refused listing', () => {
  let event: string;

  beforeEach(async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    event = await worker.deliver(rma());
    await worker.finish();
  });

  test('is listed with reason, age, webhook, order, event and attempts, and where its story is', async () => {
    const { code, lines, text } = await operator.failed();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      new RegExp(
        `^stock-hub/v1/rma  ${event.slice(0, 8)}  order ${order}  parked .*Z \\(\\d+ s ago\\), 1 attempt$`,
      ),
    );
    expect(lines[1]).toMatch(/^ {2}POST \/listings: IGF refused it with 400/);
    expect(lines[2]).toBe(`  npm run ops -- story ${order}`);
    expect(lines.slice(3)).toEqual(['', 'winkelstraat: 1 message in the DLQ, 1 parked in the table.']);
    expect(text).not.toMatch(/jansen|dijkstraat/i);
  });

  test('really runs again: listed once by the call that was previewed, and gone from the list', async () => {
    const before = (await world.igf.requests()).length;
    const preview = await operator.failed('redrive', '--preview');
    expect(preview.text).toMatch(/stock-hub\/v1\/rma .* parked .* IGF refused it with 400/);
    expect(preview.text).toMatch(/return 000000093\/90: Listing\. ItGoesForward refused the listing/);
    expect(preview.lines.at(-1)).toMatch(/^1 message would run again.*Nothing was changed\.$/);
    expect(preview.text).not.toMatch(/jansen|dijkstraat|@/i);
    expect(await operator.callsSince(before)).toEqual([]);

    const { code, lines } = await operator.failed('redrive');
    expect({ code, lines }).toEqual({
      code: 0,
      lines: [
        'winkelstraat: this SQS has no move task, so the messages are sent one by one.',
        'winkelstraat: 1 message redriven.',
      ],
    });
    await worker.finish();

    expect(await operator.callsSince(before)).toEqual(previewed(preview));
    expect(previewed(preview)).toEqual([expect.stringMatching(/^POST \/listings \{"sku":/)]);
    expect(await world.igf.listings()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await operator.failed()).toMatchObject({
      code: 0,
      lines: ['winkelstraat: 0 messages in the DLQ, 0 parked in the table.'],
    });
  });

  test('is in the list again when IGF refuses it again', async () => {
    await refuse('POST /listings', 422);
    await operator.failed('redrive');
    await worker.finish();
    const { lines } = await operator.failed();
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/2 attempts$/);
    expect(lines[1]).toMatch(/refused it with 422/);
  });

  test('is not in the list while it is retried', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 500 });
    await operator.failed('redrive');
    await worker.drain();
    expect((await operator.failed()).lines).toEqual([
      'winkelstraat: 0 messages in the DLQ, 0 parked in the table.',
    ]);
  });

  test('is a no-op in preview, and then, once its return is over', async () => {
    await worker.takes(rma({ status: 'denied' }));
    const before = (await world.igf.requests()).length;
    const preview = await operator.failed('redrive', '--preview');
    expect(previewed(preview)).toEqual([]);
    expect(preview.text).toMatch(/→ no call, stays Closed: The return is over/);

    await operator.failed('redrive');
    await worker.finish();
    expect(await operator.callsSince(before)).toEqual([]);
    expect((await operator.failed()).code).toBe(0);
  });
});

describe('one of several', () => {
  const unreadable = 'tomorrow';
  let events: Record<'rma' | 'v2Rma', string>;

  beforeEach(async () => {
    await operator.bury(messageOf(rma()));
    await operator.bury(messageOf(v2Rma({ order_id: '1002' })));
    await operator.bury(unreadable);
    events = {
      rma: eventId('stock-hub/v1/rma', rma().payload),
      v2Rma: eventId('push-api/v2/rma', v2Rma({ order_id: '1002' }).payload),
    };
  });
  /** What is in the DLQ and can be taken now: event ids, and the text of what nobody can read. */
  const visible = async () =>
    (await worker.parked()).map(({ body }) => (body === unreadable ? body : JSON.parse(body).id)).sort();

  test('is redriven by its webhook, and the others are visible again at once', async () => {
    const { lines } = await operator.failed('redrive', '--webhook', 'stock-hub/v1/rma');
    expect(lines).toEqual(['winkelstraat: 1 message redriven.']);
    expect(await visible()).toEqual([events.v2Rma, unreadable].sort());
    expect(await worker.drain()).toEqual(['acknowledged']);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'AwaitingShipment' });
  });

  test('is redriven by the beginning of its id', async () => {
    const { code, lines } = await operator.failed('redrive', '--id', events.v2Rma.slice(0, 8));
    expect({ code, lines }).toEqual({ code: 0, lines: ['winkelstraat: 1 message redriven.'] });
    expect(await visible()).toEqual([events.rma, unreadable].sort());
  });

  test('is asked for clearly when nothing has such an id', async () => {
    const { code, complaints } = await operator.failed('redrive', '--id', 'ffff');
    expect(code).toBe(1);
    expect(complaints).toEqual([
      expect.stringMatching(/^Nothing in the DLQ has an id that begins with "ffff"/),
    ]);
    expect(await visible()).toHaveLength(3);
  });

  describe('while another command goes through the DLQ', () => {
    const others = /^SQS counts 3 more that did not show: another command looks at them/;

    beforeEach(() =>
      world.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: worker.stack.deadLetters.url, MaxNumberOfMessages: 10 }),
      ),
    );

    test.each(['--preview', '--webhook=stock-hub/v1/rma'])('is not taken for nothing: %s', async (option) => {
      const { code, lines } = await operator.failed('redrive', option);
      expect(code).toBe(1);
      expect(lines.at(-1)).toMatch(others);
    });

    test('is not called gone', async () => {
      const { code, complaints } = await operator.failed('redrive', '--id', events.rma);
      expect(code).toBe(1);
      expect(complaints).toEqual([expect.stringMatching(/^No message that shows .*; SQS counts 3 more/)]);
    });
  });

  test('is previewed alone, and everything is visible again at once', async () => {
    const { text } = await operator.failed('redrive', '--preview', '--id', events.rma);
    expect(text).toMatch(/1 message would run again/);
    expect(text).toMatch(/moved here by SQS itself/);
    expect(await visible()).toHaveLength(3);
  });
});

describe('where table and DLQ disagree', () => {
  test('what SQS itself moved, and what is of no order, is more than the table knows', async () => {
    await operator.bury(messageOf(rma()));
    await worker.put('tomorrow');
    await worker.drain();
    const { code, lines } = await operator.failed();
    expect(code).toBe(1);
    expect(lines[0]).toBe('winkelstraat: 2 messages in the DLQ, 0 parked in the table.');
    expect(lines[1]).toMatch(/^ {2}2 more in the DLQ than the table knows/);
  });

  test('what SQS dropped after 14 days is told, and that no redrive finds it', async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    const event = await worker.deliver(rma());
    await worker.finish();
    await worker.parked();
    await world.dynamodb.send(
      new UpdateCommand({
        TableName: worker.stack.table,
        Key: { pk: `ORDER#${order}`, sk: `EVENT#${event}` },
        UpdateExpression: 'SET due = :due',
        ExpressionAttributeValues: { ':due': new Date(Date.now() - 15 * 86_400_000).toISOString() },
      }),
    );
    const { text } = await operator.failed();
    expect(text).toMatch(/15 d ago, its message is gone\)/);
    expect(text).toMatch(/1 of the table's was parked more than 14 days ago/);
  });

  test('an id whose message is gone says so', async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    const event = await worker.deliver(rma());
    await worker.finish();
    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    const { code, complaints } = await operator.failed('redrive', '--id', event);
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/its message is in no DLQ/)]);
  });
});
