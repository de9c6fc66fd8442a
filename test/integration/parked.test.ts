import { PurgeQueueCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { eventId } from '../../lib/webhooks/envelope.ts';
import { Bridge } from '../support/bridge.ts';
import { eachOperated, messageOf, type Operator, previewed } from '../support/operator.ts';
import { order, rma, shipment, v2Rma } from '../support/webhooks.ts';
import type { World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
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

  test('is listed with reason, age, webhook, order, event and attempts, and with the command that prints its order', async () => {
    const { code, lines, text } = await operator.parked();
    expect(code).toBe(1);
    expect(lines[0]).toMatch(
      new RegExp(
        `^stock-hub/v1/rma  ${event.slice(0, 8)}  order ${order}  parked .*Z \\(\\d+ s ago\\), 1 attempt$`,
      ),
    );
    expect(lines[1]).toMatch(/^ {2}POST \/listings: IGF refused it with 400/);
    expect(lines[2]).toBe(`  npx bridge order ${order} --local`);
    expect(lines.slice(3)).toEqual(['', 'winkelstraat: 1 message in the DLQ, 1 parked in the table.']);
    expect(text).not.toMatch(/jansen|dijkstraat/i);
  });

  test('runs again: it is listed once by the previewed call, and leaves the list of parked deliveries', async () => {
    const before = (await world.igf.requests()).length;
    const preview = await operator.parked('redrive', '--preview');
    expect(preview.text).toMatch(/stock-hub\/v1\/rma .* parked .* IGF refused it with 400/);
    expect(preview.text).toMatch(/return 000000093\/90: Listing\. ItGoesForward refused the listing/);
    expect(preview.lines.at(-1)).toMatch(/^1 message would be retried\..*Nothing was changed\.$/);
    expect(preview.text).not.toMatch(/jansen|dijkstraat|@/i);
    expect(await operator.callsSince(before)).toEqual([]);

    const { code, lines } = await operator.parked('redrive');
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
    expect(await operator.parked()).toMatchObject({
      code: 0,
      lines: ['winkelstraat: 0 messages in the DLQ, 0 parked in the table.'],
    });
  });

  test('is in the list again when IGF refuses it again', async () => {
    await refuse('POST /listings', 422);
    await operator.parked('redrive');
    await worker.finish();
    const { lines } = await operator.parked();
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/2 attempts$/);
    expect(lines[1]).toMatch(/refused it with 422/);
  });

  test('is dismissed for good: off the list and out of the DLQ, with its body, who and why in the history', async () => {
    const dismiss = (...args: string[]) =>
      operator.parked('dismiss', event.slice(0, 8), '--reason', 'a test order', '--by', 'jan', ...args);
    const preview = await dismiss('--dry-run');
    expect(preview.text).toMatch(/1 message would leave the DLQ\. Nothing was changed\./);
    expect((await operator.parked()).code).toBe(1);

    const { code, text } = await dismiss('--json');
    expect({ code, ...JSON.parse(text) }).toMatchObject({
      ...{ code: 0, eventId: event, orderId: order, messages: 1, by: 'jan', dismissed: true },
    });
    expect((await operator.parked()).code).toBe(0);
    expect(await worker.parked()).toEqual([]);
    const history = await operator.run('order', order, '--personal');
    expect(history.text).toMatch(/dismissed +\d{4}.*Z, by jan: a test order/);
    expect(history.text).toMatch(/payload +\{.*increment_id/);
  });

  test('leaves its failed attempts, who redrove it and its decisions in the history of the order', async () => {
    await refuse('POST /listings', 422);
    await operator.parked('redrive', '--by', 'jan');
    await worker.finish();
    const { text } = await operator.run('order', order, '--json');
    const { deliveries, returns } = JSON.parse(text);
    const delivery = deliveries.find(({ eventId: id }: { eventId: string }) => id === event);
    expect(delivery).toMatchObject({
      outcome: 'parked',
      failures: [{ error: expect.stringMatching(/400/) }, { error: expect.stringMatching(/422/) }],
      operations: [{ did: 'redriven', by: 'jan', reason: null, at: expect.any(String) }],
    });
    expect(returns[0].decisions.map(({ state }: { state: string }) => state)).toContain('Listing');
    expect((await operator.run('order', order)).text).toMatch(
      /earlier .*refused it with 400[\s\S]*redriven .*by jan/,
    );
  });

  test('is selected by webhook and by when it was parked', async () => {
    const listed = async (...args: string[]) =>
      JSON.parse((await operator.parked('--json', ...args)).text).deliveries.length;
    expect(await listed('--webhook', 'stock-hub/v1/rma', '--since', '1h')).toBe(1);
    expect(await listed('--webhook', 'push-api/v2/rma')).toBe(0);
    expect(await listed('--since', '2999-01-01')).toBe(0);
    expect((await operator.parked('redrive', '--since', '2999-01-01')).lines).toEqual([
      'winkelstraat: 0 messages redriven.',
    ]);
  });

  test('is not in the list while it is retried', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 500 });
    await operator.parked('redrive');
    await worker.drain();
    expect((await operator.parked()).lines).toEqual([
      'winkelstraat: 0 messages in the DLQ, 0 parked in the table.',
    ]);
  });

  test('is previewed without a call, and makes none, once its return is over', async () => {
    await worker.takes(rma({ status: 'denied' }));
    const before = (await world.igf.requests()).length;
    const preview = await operator.parked('redrive', '--preview');
    expect(previewed(preview)).toEqual([]);
    expect(preview.text).toMatch(/→ no call, stays Closed: The return is over/);

    await operator.parked('redrive');
    await worker.finish();
    expect(await operator.callsSince(before)).toEqual([]);
    expect((await operator.parked()).code).toBe(0);
  });
});

describe('a message that failed for 24 hours', () => {
  test('has its return among those that wait for a person, until it is redriven', async () => {
    await worker.takes(shipment());
    await world.igf.fault({ operation: 'POST /listings', status: 503, times: 1000 });
    const event = await worker.deliver(rma());
    await worker.finish();
    const { code, text } = await operator.run('attention', '--json');
    expect({ code, entries: JSON.parse(text) }).toMatchObject({
      code: 1,
      entries: [
        {
          ...{ orderId: order, rmaId: '000000093', itemId: '90', kind: 'parked', amount: null },
          text: expect.stringMatching(
            `^The bridge gave up on its message stock-hub/v1/rma: .*503.* Correct the cause, then redrive it: npx bridge parked redrive --id ${event} --local$`,
          ),
        },
      ],
    });

    await world.igf.mend();
    await operator.parked('redrive', '--id', event);
    // The call that was not answered is not open any more.
    const aheadSeconds = (worker.now() - Date.now()) / 1000 + 600;
    await new Bridge(world, worker.stack, { aheadSeconds }).finish();
    expect((await operator.run('attention')).text).toMatch(/No return waits for a person\.$/);
  });

  test('is dismissed though SQS moved it after a crash, and is then listed nowhere', async () => {
    await worker.takes(shipment());
    await world.igf.fault({ operation: 'POST /listings', status: 500 });
    const event = await worker.deliver(rma());
    await worker.drain();
    await operator.bury(messageOf(rma()));
    expect((await operator.run('retries')).text).toMatch(/^stock-hub\/v1\/rma/);

    await operator.parked('dismiss', event, '--reason', 'a test order', '--by', 'jan');
    expect((await operator.run('retries')).text).toBe('Nothing is retried.');
    expect((await operator.run('order', order)).text).toMatch(/dismissed +\d{4}.*Z, by jan: a test order/);
  });

  test('is listed while it is retried, also when its order is not known yet', async () => {
    const igf = new Bridge(world, worker.stack, { sender: 'igf' });
    await world.igf.fault({ operation: 'GET /orders/{orderId}', status: 503 });
    const event = await igf.deliver({ webhook: 'v1/labeled', payload: { id: 4, orderId: 9 } });
    await igf.drain();
    const { text } = await operator.run('retries');
    expect(text).toMatch(
      new RegExp(`^v1/labeled  ${event.slice(0, 8)}  order not known yet  1 attempt .*\n.*503`),
    );
    expect(text).toMatch(/\n1 message\.$/);
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
  /** The visible messages of the DLQ: event ids, and the text of an unreadable one. */
  const visible = async () =>
    (await worker.parked()).map(({ body }) => (body === unreadable ? body : JSON.parse(body).id)).sort();

  test('is dismissed although it is unreadable, and its body is kept among the rejected deliveries', async () => {
    const { text } = await operator.parked('redrive', '--dry-run', '--json');
    const { eventId: id } = JSON.parse(text).previews.find(
      ({ webhook }: { webhook: unknown }) => webhook === null,
    );
    expect((await operator.parked('dismiss', id, '--reason', 'no message of ours')).code).toBe(0);
    expect(await visible()).toEqual([events.rma, events.v2Rma].sort());
    const shown = await operator.run('rejected', 'show', id, '--personal', '--json');
    expect(JSON.parse(shown.text)).toMatchObject({
      body: unreadable,
      resolution: { as: 'dismissed', reason: 'no message of ours' },
    });
  });

  test('is redriven by its webhook, and the others are visible again at once', async () => {
    const { lines } = await operator.parked('redrive', '--webhook', 'stock-hub/v1/rma');
    expect(lines).toEqual(['winkelstraat: 1 message redriven.']);
    expect(await visible()).toEqual([events.v2Rma, unreadable].sort());
    expect(await worker.drain()).toEqual(['acknowledged']);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'AwaitingShipment' });
  });

  test('is redriven by the first characters of its id', async () => {
    const { code, lines } = await operator.parked('redrive', '--id', events.v2Rma.slice(0, 8));
    expect({ code, lines }).toEqual({ code: 0, lines: ['winkelstraat: 1 message redriven.'] });
    expect(await visible()).toEqual([events.rma, unreadable].sort());
  });

  test('is not found by an id that no message has: one clear line', async () => {
    const { code, complaints } = await operator.parked('redrive', '--id', 'ffff');
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/^No ids in the DLQ begin with "ffff"/)]);
    expect(await visible()).toHaveLength(3);
  });

  describe('while another command scans the DLQ', () => {
    const hidden = /^3 more messages are hidden right now, probably by another redrive/;

    beforeEach(() =>
      world.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: worker.stack.deadLetters.url, MaxNumberOfMessages: 10 }),
      ),
    );

    test.each(['--preview', '--dry-run', '--webhook=stock-hub/v1/rma'])(
      'is reported as hidden: %s',
      async (option) => {
        const { code, lines } = await operator.parked('redrive', option);
        expect(code).toBe(1);
        expect(lines.at(-1)).toMatch(hidden);
      },
    );

    test('is reported as hidden, not as missing', async () => {
      const { code, complaints } = await operator.parked('redrive', '--id', events.rma);
      expect(code).toBe(1);
      expect(complaints).toEqual([
        expect.stringMatching(/^No visible message has .* 3 more messages are hidden/),
      ]);
    });
  });

  test('is previewed alone, and everything is visible again at once', async () => {
    const { text } = await operator.parked('redrive', '--preview', '--id', events.rma);
    expect(text).toMatch(/1 message would be retried/);
    expect(text).toMatch(/moved here by SQS itself/);
    expect(await visible()).toHaveLength(3);
  });
});

describe('where table and DLQ differ', () => {
  test('the DLQ has more when SQS moved a message itself, or a message has no order', async () => {
    await operator.bury(messageOf(rma()));
    await worker.put('tomorrow');
    await worker.drain();
    const { code, lines } = await operator.parked();
    expect(code).toBe(1);
    expect(lines[0]).toBe('winkelstraat: 2 messages in the DLQ, 0 parked in the table.');
    expect(lines[1]).toMatch(/^ {2}2 more in the DLQ than in the table/);
  });

  test('a message that SQS dropped after 14 days is reported, and that no redrive can repeat it', async () => {
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
    const { text } = await operator.parked();
    expect(text).toMatch(/15 d ago, SQS has deleted its message\)/);
    expect(text).toMatch(/1 of the table's was parked more than 14 days ago/);

    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    await operator.parked('redrive', '--by', 'jan');
    const { deliveries } = JSON.parse((await operator.run('order', order, '--json')).text);
    expect(deliveries.flatMap(({ operations }: { operations: unknown[] }) => operations)).toEqual([]);
    expect((await operator.parked('dismiss', event, '--reason', 'it is gone')).code).toBe(0);
  });

  test('an id without its message is explained', async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    const event = await worker.deliver(rma());
    await worker.finish();
    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    const { code, complaints } = await operator.parked('redrive', '--id', event);
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/no DLQ has its message/)]);

    const dismissed = await operator.parked('dismiss', event, '--reason', 'a test order');
    expect(dismissed).toMatchObject({ code: 1, text: expect.stringMatching(/No DLQ has its message\./) });
    expect((await operator.parked()).code).toBe(0);
  });
});
