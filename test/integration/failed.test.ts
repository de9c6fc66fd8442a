import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { jest } from '@jest/globals';
import { shownBody } from '../../infra/ops/preview/shown-body.ts';
import { eventId, writeEnvelope } from '../../lib/envelope.ts';
import { Bridge } from './bridge.ts';
import { type OpsRun, pointOpsAt, pointOpsBack, runOps } from './ops.ts';
import { type Delivery, order, rma, rmaItem, shipment, sku, v2Rma } from './webhooks.ts';
import { startDeadlineMs, startWorld, type World } from './world.ts';

let world: World;
let worker: Bridge;
let igf: Bridge;

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
  igf = new Bridge(world, stack, { sender: 'igf' });
});

const failed = (...args: string[]): Promise<OpsRun> =>
  runOps('failed', ...args, '--table', worker.stack.table, '--queue', worker.stack.queue.url);
/** The same for a bridge whose one queue is IGF's. */
const failedAtIgf = (...args: string[]): Promise<OpsRun> =>
  runOps('failed', ...args, '--table', worker.stack.table, '--igf-queue', worker.stack.queue.url);

const messageOf = ({ webhook, payload }: Delivery) =>
  writeEnvelope({
    schema: 1,
    id: eventId(webhook, payload),
    webhook,
    version: '1.0',
    receivedAt: new Date().toISOString(),
    correlationId: 'a-correlation',
    payload,
  });

/** A message in the DLQ as SQS's own move leaves it: without any attribute of ours. */
const bury = (body: string) =>
  world.sqs.send(new SendMessageCommand({ QueueUrl: worker.stack.deadLetters.url, MessageBody: body }));

const refuse = (operation: string, status = 409) => world.igf.fault({ operation, status });

/** The calls that reached IGF, as a preview prints them. */
const callsSince = async (before: number): Promise<string[]> =>
  (await world.igf.requests())
    .slice(before)
    .map(({ method, path, body }) =>
      [method, path, body !== null && JSON.stringify(shownBody(body))].filter(Boolean).join(' '),
    );

/** The calls that a preview names. */
const previewed = ({ lines }: OpsRun): string[] =>
  lines.flatMap((line) => /→ (?:where [^:]*: )?((?:GET|POST|PUT) .*)$/.exec(line)?.[1] ?? []);

describe('a refused listing', () => {
  let event: string;

  beforeEach(async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    event = await worker.deliver(rma());
    await worker.finish();
  });

  it('is listed with reason, age, webhook, order, event and attempts, and where its story is', async () => {
    const { code, lines, text } = await failed();
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

  it('really runs again: listed once by the call that was previewed, and gone from the list', async () => {
    const before = (await world.igf.requests()).length;
    const preview = await failed('redrive', '--preview');
    expect(preview.text).toMatch(/stock-hub\/v1\/rma .* parked .* IGF refused it with 400/);
    expect(preview.text).toMatch(/return 000000093\/90: Listing\. ItGoesForward refused the listing/);
    expect(preview.lines.at(-1)).toMatch(/^1 message would run again.*Nothing was changed\.$/);
    expect(preview.text).not.toMatch(/jansen|dijkstraat|@/i);
    expect(await callsSince(before)).toEqual([]);

    const { code, lines } = await failed('redrive');
    expect({ code, lines }).toEqual({
      code: 0,
      lines: [
        'winkelstraat: this SQS has no move task, so the messages are sent one by one.',
        'winkelstraat: 1 message redriven.',
      ],
    });
    await worker.finish();

    expect(await callsSince(before)).toEqual(previewed(preview));
    expect(previewed(preview)).toEqual([expect.stringMatching(/^POST \/listings \{"sku":/)]);
    expect(await world.igf.listings()).toHaveLength(1);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'Listed' });
    expect(await failed()).toMatchObject({
      code: 0,
      lines: ['winkelstraat: 0 messages in the DLQ, 0 parked in the table.'],
    });
  });

  it('is in the list again when IGF refuses it again', async () => {
    await refuse('POST /listings', 422);
    await failed('redrive');
    await worker.finish();
    const { lines } = await failed();
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/2 attempts$/);
    expect(lines[1]).toMatch(/refused it with 422/);
  });

  it('is not in the list while it is retried', async () => {
    await world.igf.fault({ operation: 'POST /listings', status: 500 });
    await failed('redrive');
    await worker.work();
    expect((await failed()).lines).toEqual(['winkelstraat: 0 messages in the DLQ, 0 parked in the table.']);
  });

  it('is a no-op in preview, and then, once its return is over', async () => {
    await worker.takes(rma({ status: 'denied' }));
    const before = (await world.igf.requests()).length;
    const preview = await failed('redrive', '--preview');
    expect(previewed(preview)).toEqual([]);
    expect(preview.text).toMatch(/→ no call, stays Closed: The return is over/);

    await failed('redrive');
    await worker.finish();
    expect(await callsSince(before)).toEqual([]);
    expect((await failed()).code).toBe(0);
  });
});

describe('what a preview names is what then reaches IGF', () => {
  const buyersOrder = '000000777';
  const label = '3SDEVC676401291';
  /** The parcel with the forwarding's label, as a shipment of this order. */
  const deliveredIn = (orderId: string): Delivery =>
    shipment(
      {
        increment_id: '000000401',
        order_increment_id: orderId,
        track: { tracking_number: label, carrier: 'postnl' },
        status: 'DELIVERED',
        delivered_at: '2024-06-01 10:00:00',
        updated_at: '2024-06-01 10:00:00',
      },
      { sku },
    );
  const labelled = async () => {
    await worker.takes(shipment(), rma());
    const { listingId = 0 } = await worker.theReturn(order);
    await world.igf.happens('/orders', { listingId, webshopOrderId: buyersOrder });
    await world.igf.happens('/events', { eventType: 'LABELED', listingId });
  };
  const igfTellsOfLabel = async (): Promise<Delivery> => ({
    webhook: 'v1/labeled',
    payload: await world.igf.see('/shipments/1'),
  });

  it.each<[string, () => Promise<unknown>, RegExp[]]>([
    [
      'a listing that nobody tried before',
      async () => {
        await worker.takes(shipment());
        await bury(messageOf(rma()));
      },
      [/^POST \/listings /],
    ],
    [
      'two items of one RMA',
      async () => {
        await worker.takes(shipment());
        await bury(messageOf(rma({}, { id: 90 }, { id: 91 })));
      },
      [/\[000000093\/90\]/, /\[000000093\/91\]/],
    ],
    ['a listing of its own customer and price', () => bury(messageOf(v2Rma())), [/^POST \/listings /]],
    [
      'a listing that waited for the shipment of the message',
      async () => {
        await worker.takes(rma());
        await bury(messageOf(shipment()));
      },
      [/^POST \/listings /],
    ],
    [
      'a cancellation that was refused',
      async () => {
        await worker.takes(shipment(), rma());
        await refuse('PUT /listings/cancel/{listingId}');
        await worker.takes(rma({ status: 'denied' }));
      },
      [/^GET \/orders\?listingId=1$/, /^PUT \/listings\/cancel\/1 \{"cancelReason":"USER_CANCELLED"\}$/],
    ],
    [
      'a cancellation that an rma-item asks for',
      async () => {
        await worker.takes(v2Rma());
        await bury(messageOf(rmaItem()));
      },
      [/^GET \/orders\?listingId=1$/, /^PUT \/listings\/cancel\/1 /],
    ],
    [
      'a delivery that was refused, of a return of another order',
      async () => {
        await labelled();
        await igf.takes(await igfTellsOfLabel());
        await refuse('PUT /shipments/{shipmentId}/delivered');
        await worker.takes(deliveredIn(buyersOrder));
      },
      [/^PUT \/shipments\/1\/delivered$/],
    ],
    [
      'a delivery that only the label ties to its return',
      async () => {
        await labelled();
        await igf.takes(await igfTellsOfLabel());
        await bury(messageOf(deliveredIn('000000888')));
      },
      [/^PUT \/shipments\/1\/delivered$/],
    ],
    ['no call for a shipment alone', () => bury(messageOf(shipment())), []],
    ['no call without what is missing', () => bury(messageOf(rma())), []],
    ['no call for what nobody can read', () => bury('tomorrow'), []],
  ])('%s', async (_what, prepare, expected) => {
    await prepare();
    const before = (await world.igf.requests()).length;
    const preview = await failed('redrive', '--preview');
    expect(await callsSince(before)).toEqual([]);
    expect(previewed(preview)).toEqual(expected.map((call) => expect.stringMatching(call)));
    expect(preview.text).not.toMatch(/jansen|dijkstraat|@|3SDEVC/i);

    await failed('redrive');
    await worker.finish();
    // IGF may be asked how a refused call stands; here none is refused any more.
    expect(await callsSince(before)).toEqual(previewed(preview));
  });

  it.each([
    ['of the buyer’s order', buyersOrder],
    ['that only the label ties to it', '000000888'],
  ])('an event of IGF’s that comes after its parcel was delivered, %s', async (_what, orderId) => {
    await labelled();
    await worker.takes(deliveredIn(orderId));
    await bury(messageOf(await igfTellsOfLabel()));
    const before = (await world.igf.requests()).length;
    const preview = await failedAtIgf('redrive', '--preview');
    expect(previewed(preview)).toEqual(['PUT /shipments/1/delivered']);

    await failedAtIgf('redrive');
    await igf.finish();
    expect((await callsSince(before)).filter((call) => !call.startsWith('GET /shipments/1?'))).toEqual(
      previewed(preview),
    );
  });

  it.each<[string, (own: Delivery) => Promise<void>, () => Promise<OpsRun>]>([
    [
      'its shipment tells',
      async (own) => {
        await igf.takes(await igfTellsOfLabel());
        await bury(messageOf(own));
      },
      () => failed('redrive', '--preview'),
    ],
    [
      'IGF tells after it',
      async (own) => {
        await worker.takes(own);
        await bury(messageOf(await igfTellsOfLabel()));
      },
      () => failedAtIgf('redrive', '--preview'),
    ],
  ])(
    'no call, but attention, for the warehouse’s own parcel to the same buyer, when %s',
    async (_how, prepare, look) => {
      await labelled();
      const own = { order_increment_id: buyersOrder, increment_id: '402' };
      await prepare(shipment({ ...own, track: { tracking_number: 'OTHER1', carrier: 'ups' } }, { sku }));
      const preview = await look();
      expect(previewed(preview)).toEqual([]);
      expect(preview.text).toMatch(/→ attention: Served twice: hold shipment 402/);
    },
  );

  it('an event of IGF’s whose return nobody knows', async () => {
    await bury(messageOf({ webhook: 'v1/labeled', payload: { id: 4, orderId: 9 } }));
    const before = (await world.igf.requests()).length;
    const preview = await failedAtIgf('redrive', '--preview');
    expect(preview.text).toMatch(/its return is not known/);
    expect(previewed(preview)).toEqual(['GET /orders/9']);
    await failedAtIgf('redrive');
    await igf.work();
    expect(await callsSince(before)).toEqual(previewed(preview));
  });
});

it('what failed for 24 hours is previewed with the question that comes before its call', async () => {
  await worker.takes(shipment());
  await world.igf.fault({ operation: '*', status: 500, times: 1000 });
  await worker.deliver(rma());
  await worker.finish();
  await world.igf.forget();
  expect((await failed()).text).toMatch(/Failed for 24 hours: GET \/listings\/all: IGF answered 500/);

  /** Lets a command see a clock that is ahead of this machine's. */
  const ahead = async <T>(milliseconds: number, run: () => Promise<T>): Promise<T> => {
    const realNow = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + milliseconds);
    try {
      return await run();
    } finally {
      clock.mockRestore();
    }
  };
  const passed = worker.now() - Date.now();
  const afterTheClaim = 5 * 60_000;
  const atOnce = await ahead(passed, () => failed('redrive', '--preview'));
  expect(atOnce.text).toMatch(/→ no call before .*: an earlier call to ItGoesForward is still open/);
  const preview = await ahead(passed + afterTheClaim, () => failed('redrive', '--preview'));
  expect(preview.text).toMatch(/→ where none of them carries the mark of this return: POST \/listings/);

  await failed('redrive');
  worker.passes(afterTheClaim);
  await worker.finish();
  expect(await callsSince(0)).toEqual(previewed(preview));
  expect(previewed(preview)).toHaveLength(2);
  expect((await failed()).code).toBe(0);
});

describe('one of several', () => {
  const unreadable = 'tomorrow';
  let events: Record<'rma' | 'v2Rma', string>;

  beforeEach(async () => {
    await bury(messageOf(rma()));
    await bury(messageOf(v2Rma({ order_id: '1002' })));
    await bury(unreadable);
    events = {
      rma: eventId('stock-hub/v1/rma', rma().payload),
      v2Rma: eventId('push-api/v2/rma', v2Rma({ order_id: '1002' }).payload),
    };
  });
  /** What is in the DLQ and can be taken now: event ids, and the text of what nobody can read. */
  const visible = async () =>
    (await worker.parked()).map(({ body }) => (body === unreadable ? body : JSON.parse(body).id)).sort();

  it('is redriven by its webhook, and the others are visible again at once', async () => {
    const { lines } = await failed('redrive', '--webhook', 'stock-hub/v1/rma');
    expect(lines).toEqual(['winkelstraat: 1 message redriven.']);
    expect(await visible()).toEqual([events.v2Rma, unreadable].sort());
    expect(await worker.work()).toEqual(['acknowledged']);
    expect(await worker.theReturn(order)).toMatchObject({ state: 'AwaitingShipment' });
  });

  it('is redriven by the beginning of its id', async () => {
    const { code, lines } = await failed('redrive', '--id', events.v2Rma.slice(0, 8));
    expect({ code, lines }).toEqual({ code: 0, lines: ['winkelstraat: 1 message redriven.'] });
    expect(await visible()).toEqual([events.rma, unreadable].sort());
  });

  it('is asked for clearly when nothing has such an id', async () => {
    const { code, complaints } = await failed('redrive', '--id', 'ffff');
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

    it.each(['--preview', '--webhook=stock-hub/v1/rma'])('is not taken for nothing: %s', async (option) => {
      const { code, lines } = await failed('redrive', option);
      expect(code).toBe(1);
      expect(lines.at(-1)).toMatch(others);
    });

    it('is not called gone', async () => {
      const { code, complaints } = await failed('redrive', '--id', events.rma);
      expect(code).toBe(1);
      expect(complaints).toEqual([expect.stringMatching(/^No message that shows .*; SQS counts 3 more/)]);
    });
  });

  it('is previewed alone, and everything is visible again at once', async () => {
    const { text } = await failed('redrive', '--preview', '--id', events.rma);
    expect(text).toMatch(/1 message would run again/);
    expect(text).toMatch(/moved here by SQS itself/);
    expect(await visible()).toHaveLength(3);
  });
});

describe('where table and DLQ disagree', () => {
  it('what SQS itself moved, and what is of no order, is more than the table knows', async () => {
    await bury(messageOf(rma()));
    await worker.put('tomorrow');
    await worker.work();
    const { code, lines } = await failed();
    expect(code).toBe(1);
    expect(lines[0]).toBe('winkelstraat: 2 messages in the DLQ, 0 parked in the table.');
    expect(lines[1]).toMatch(/^ {2}2 more in the DLQ than the table knows/);
  });

  it('what SQS dropped after 14 days is told, and that no redrive finds it', async () => {
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
    const { text } = await failed();
    expect(text).toMatch(/15 d ago, its message is gone\)/);
    expect(text).toMatch(/1 of the table's was parked more than 14 days ago/);
  });

  it('an id whose message is gone says so', async () => {
    await worker.takes(shipment());
    await refuse('POST /listings', 400);
    const event = await worker.deliver(rma());
    await worker.finish();
    await world.sqs.send(new PurgeQueueCommand({ QueueUrl: worker.stack.deadLetters.url }));
    const { code, complaints } = await failed('redrive', '--id', event);
    expect(code).toBe(1);
    expect(complaints).toEqual([expect.stringMatching(/its message is in no DLQ/)]);
  });
});
