import { jest } from '@jest/globals';
import { stageNamed } from '../../infra/ops/aws/deployed-stage.ts';
import { tableClient } from '../../infra/ops/aws/open-bridge.ts';
import { previewBody } from '../../infra/ops/preview/format-preview.ts';
import { withPreviews } from '../../infra/ops/preview/preview-message.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { Bridge } from '../support/bridge.ts';
import { eachOperated, messageOf, type Operator, previewed } from '../support/operator.ts';
import type { OpsRun } from '../support/ops.ts';
import { type Delivery, order, rma, rmaItem, shipment, sku, v2Rma } from '../support/webhooks.ts';
import type { Stack, World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;
let stack: Stack;
let igf: Bridge;

eachOperated((fresh) => {
  ({ world, stack, worker, operator } = fresh);
  igf = new Bridge(world, fresh.stack, { sender: 'igf' });
});

const refuse = (operation: string, status = 409) => world.igf.fault({ operation, status });

describe('the previewed calls are those that IGF then gets', () => {
  const buyersOrder = '000000777';
  const label = '3SDEVC676401291';
  /** The delivered shipment with the forwarding's label, as a shipment of this order. */
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
  const labelEvent = async (): Promise<Delivery> => ({
    webhook: 'v1/labeled',
    payload: await world.igf.see('/shipments/1'),
  });

  // The bridge reads again who bought a listing once it is cancelled. The preview can't know that it is.
  const readsAfterCancelling = ['GET /orders?listingId=1'];

  test.each<[string, () => Promise<unknown>, RegExp[], string[]?]>([
    [
      'a listing without an earlier attempt',
      async () => {
        await worker.takes(shipment());
        await operator.bury(messageOf(rma()));
      },
      [/^POST \/listings /],
    ],
    [
      'two returns that waited for the shipment of the message',
      async () => {
        await worker.takes(rma(), rma({ increment_id: '000000094' }, { id: 91 }));
        await operator.bury(messageOf(shipment()));
      },
      [/\[000000093\/90\]/, /\[000000094\/91\]/],
    ],
    [
      'a listing with customer and price from its own webhook',
      () => operator.bury(messageOf(v2Rma())),
      [/^POST \/listings /],
    ],
    [
      'a listing that waited for the shipment of the message',
      async () => {
        await worker.takes(rma());
        await operator.bury(messageOf(shipment()));
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
      readsAfterCancelling,
    ],
    [
      'a cancellation for an rma-item',
      async () => {
        await worker.takes(v2Rma());
        await operator.bury(messageOf(rmaItem()));
      },
      [/^GET \/orders\?listingId=1$/, /^PUT \/listings\/cancel\/1 /],
      readsAfterCancelling,
    ],
    [
      'a delivery that was refused, of a return of another order',
      async () => {
        await labelled();
        await igf.takes(await labelEvent());
        await refuse('PUT /shipments/{shipmentId}/delivered');
        await worker.takes(deliveredIn(buyersOrder));
      },
      [/^PUT \/shipments\/1\/delivered$/],
    ],
    [
      'a delivery that only its label links to the return',
      async () => {
        await labelled();
        await igf.takes(await labelEvent());
        await operator.bury(messageOf(deliveredIn('000000888')));
      },
      [/^PUT \/shipments\/1\/delivered$/],
    ],
    ['no call for a shipment alone', () => operator.bury(messageOf(shipment())), []],
    ['no call while the shipment is missing', () => operator.bury(messageOf(rma())), []],
    ['no call for an unreadable message', () => operator.bury('tomorrow'), []],
  ])('%s', async (_what, prepare, expected, afterwards = []) => {
    await prepare();
    const before = (await world.igf.requests()).length;
    const preview = await operator.parked('redrive', '--preview');
    expect(await operator.callsSince(before)).toEqual([]);
    expect(previewed(preview)).toEqual(expected.map((call) => expect.stringMatching(call)));
    expect(preview.text).not.toMatch(/jansen|dijkstraat|@|3SDEVC/i);

    await operator.parked('redrive');
    await worker.finish();
    expect(await operator.callsSince(before)).toEqual([...previewed(preview), ...afterwards]);
  });

  test.each([
    ['of the buyer’s order', buyersOrder],
    ['that only its label links to the return', '000000888'],
  ])('an event of IGF after the delivery of its shipment, %s', async (_what, orderId) => {
    await labelled();
    await worker.takes(deliveredIn(orderId));
    await operator.bury(messageOf(await labelEvent()));
    const before = (await world.igf.requests()).length;
    const preview = await operator.parkedAtIgf('redrive', '--preview');
    expect(previewed(preview)).toEqual(['PUT /shipments/1/delivered']);

    await operator.parkedAtIgf('redrive');
    await igf.finish();
    expect(
      (await operator.callsSince(before)).filter((call) => !call.startsWith('GET /shipments/1?')),
    ).toEqual(previewed(preview));
  });

  test.each<[string, (own: Delivery) => Promise<void>, () => Promise<OpsRun>]>([
    [
      'its shipment webhook comes last',
      async (own) => {
        await igf.takes(await labelEvent());
        await operator.bury(messageOf(own));
      },
      () => operator.parked('redrive', '--preview'),
    ],
    [
      'IGF’s event comes last',
      async (own) => {
        await worker.takes(own);
        await operator.bury(messageOf(await labelEvent()));
      },
      () => operator.parkedAtIgf('redrive', '--preview'),
    ],
  ])(
    'no call, but attention, for the warehouse’s own shipment to the same buyer, when %s',
    async (_how, prepare, look) => {
      await labelled();
      const own = { order_increment_id: buyersOrder, increment_id: '402' };
      await prepare(shipment({ ...own, track: { tracking_number: 'OTHER1', carrier: 'ups' } }, { sku }));
      const preview = await look();
      expect(previewed(preview)).toEqual([]);
      expect(preview.text).toMatch(/→ attention: Served twice: hold shipment 402/);
    },
  );

  test('an event of IGF of an unknown return', async () => {
    await operator.bury(messageOf({ webhook: 'v1/labeled', payload: { id: 4, orderId: 9 } }));
    const before = (await world.igf.requests()).length;
    const preview = await operator.parkedAtIgf('redrive', '--preview');
    expect(preview.text).toMatch(/its return is not known/);
    expect(previewed(preview)).toEqual(['GET /orders/9']);
    await operator.parkedAtIgf('redrive');
    await igf.drain();
    expect(await operator.callsSince(before)).toEqual(previewed(preview));
  });
});

test('a message that failed for 24 hours is previewed with the check before its call', async () => {
  await worker.takes(shipment());
  await world.igf.fault({ operation: '*', status: 500, times: 1000 });
  await worker.deliver(rma());
  await worker.finish();
  await world.igf.forget();
  expect((await operator.parked()).text).toMatch(
    /Failed for 24 hours: GET \/listings\/all: IGF answered 500/,
  );

  /** Runs a command with a clock ahead of this machine's. */
  const ahead = async <T>(milliseconds: number, run: () => Promise<T>): Promise<T> => {
    const realNow = Date.now;
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => realNow() + milliseconds);
    try {
      return await run();
    } finally {
      clock.mockRestore();
    }
  };
  const aheadMs = worker.now() - Date.now();
  const afterTheClaim = 5 * 60_000;
  const atOnce = await ahead(aheadMs, () => operator.parked('redrive', '--preview'));
  expect(atOnce.text).toMatch(/→ no call before .*: an earlier call to ItGoesForward is still open/);
  const preview = await ahead(aheadMs + afterTheClaim, () => operator.parked('redrive', '--preview'));
  expect(preview.text).toMatch(/→ then, after an empty answer: POST \/listings/);

  await operator.parked('redrive');
  worker.passes(afterTheClaim);
  await worker.finish();
  expect(await operator.callsSince(0)).toEqual(previewed(preview));
  expect(previewed(preview)).toHaveLength(2);
  expect((await operator.parked()).code).toBe(0);
});

test.each([
  ['live', /→ POST \/listings /],
  ['observe', /→ no call, .* Observed only: /],
] as const)(
  'a preview of a stage that is deployed with mode=%s obeys it, whatever cdk.json says',
  async (mode, line) => {
    await worker.takes(shipment());
    const other = mode === 'live' ? 'test' : 'local';
    const [sender] = senders.filter(({ name }) => name === 'winkelstraat');
    if (!sender) throw new Error('The catalogue has no sender winkelstraat.');
    const deployed = {
      ...tableClient(world.dynamodb, stack.table),
      ...{ stage: stageNamed(other), mode, now: Date.now },
    };
    const lines = await withPreviews(deployed, (preview) => previewBody(messageOf(rma()), sender, preview));
    expect(lines.join('\n')).toMatch(line);
  },
);
