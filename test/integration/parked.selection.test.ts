import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { eventId } from '../../lib/webhooks/envelope.ts';
import type { Bridge } from '../support/bridge.ts';
import { eachOperated, messageOf, type Operator } from '../support/operator.ts';
import { order, rma, v2Rma } from '../support/webhooks.ts';
import type { World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
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
