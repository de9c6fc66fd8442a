import { Bridge } from '../support/bridge.ts';
import {
  eachOperated,
  messageOf,
  type Operator,
  parkRefusedListing,
  previewed,
} from '../support/operator.ts';
import { order, rma, shipment } from '../support/webhooks.ts';
import type { World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
});

describe('a refused listing', () => {
  let event: string;

  beforeEach(async () => {
    event = await parkRefusedListing(world, worker);
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
    await world.igf.fault({ operation: 'POST /listings', status: 422 });
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
    await world.igf.fault({ operation: 'POST /listings', status: 422 });
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
