import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Redriven, redriveMessages } from '../../infra/ops/dlq/redrive-messages.ts';
import { scanQueue } from '../../infra/ops/dlq/scan.ts';
import type { Bridge } from '../support/bridge.ts';
import { eachOperated, messageOf, type Operator } from '../support/operator.ts';
import { order, rma, shipment, v2Rma } from '../support/webhooks.ts';
import { localSettings, type World } from '../support/world.ts';

let world: World;
let worker: Bridge;
let operator: Operator;
let sqs: SQSClient;

eachOperated((fresh) => {
  ({ world, worker, operator } = fresh);
  sqs = new SQSClient(localSettings(world.addresses.sqs));
});
afterEach(() => sqs.destroy());

const aReturn = (orderId: string): string => {
  const { webhook, payload } = v2Rma({ rma_id: orderId });
  return messageOf({
    webhook,
    payload: { ...payload, order: { ...Object(payload.order), order_id: orderId } },
  });
};

const bury = (body: string) => operator.bury(body);

const redrive = async (options: Partial<Parameters<typeof redriveMessages>[2]> = {}): Promise<Redriven> =>
  redriveMessages(sqs, await operator.dlq(), { selection: {}, perSecond: 500, ...options });

const inQueue = async () => (await operator.counts())[0] ?? 0;
const inDlq = async () => (await operator.counts())[1] ?? 0;

/** Lets a command fail from its n-th call on, before it reaches SQS. */
function failing(command: string, from = 1): void {
  let count = 0;
  sqs.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === command && ++count >= from) throw new Error(`no ${command}`);
      return next(args);
    },
    { step: 'initialize' },
  );
}

const orders = Array.from({ length: 23 }, (_, index) => String(2000 + index));

test('a DLQ of several receives is scanned once, to its end', async () => {
  for (const orderId of orders) await bury(aReturn(orderId));
  const seen: number[] = [];
  expect(await redrive({ onProgress: (scanned) => seen.push(scanned) })).toEqual({
    sent: orders.length,
    copies: 0,
    returned: 0,
    unseen: 0,
  });
  expect(seen).toEqual(orders.map((_, index) => index + 1));
  expect(await operator.counts()).toEqual([orders.length, 0]);
  await worker.finish();
  expect(await world.igf.listings()).toHaveLength(orders.length);
});

test('a redriven message carries its webhook as group, so that the worker is shared fairly', async () => {
  await bury(aReturn('2000'));
  const groups: unknown[] = [];
  sqs.middlewareStack.add(
    (next, context) => (args) => {
      if (context.commandName === 'SendMessageCommand') groups.push(Object(args.input).MessageGroupId);
      return next(args);
    },
    { step: 'initialize' },
  );
  await redrive();
  expect(groups).toEqual(['push-api/v2/rma']);
});

test('an event that was parked twice runs once, and both messages are gone', async () => {
  await bury(aReturn('2000'));
  await bury(aReturn('2000'));
  expect(await redrive()).toEqual({ sent: 1, copies: 1, returned: 0, unseen: 0 });
  expect(await operator.counts()).toEqual([1, 0]);
});

test('an event that fails again during the scan stays in the DLQ, and the scan ends', async () => {
  await bury(aReturn('2000'));
  // As if a worker had parked it again before the scan is over.
  sqs.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName === 'DeleteMessageCommand') await bury(aReturn('2000'));
      return answer;
    },
    { step: 'initialize' },
  );
  expect(await redrive()).toEqual({ sent: 1, copies: 0, returned: 1, unseen: 0 });
  expect(await operator.counts()).toEqual([1, 1]);
});

test('messages that another command has received are counted, and stay', async () => {
  for (const orderId of orders) await bury(aReturn(orderId));
  const { deadLetters } = worker.stack;
  await world.sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters.url, MaxNumberOfMessages: 7 }));
  expect(await redrive()).toMatchObject({ sent: orders.length - 7, unseen: 7 });
  expect(await inDlq()).toBe(7);
});

test('a queue that fills during a scan does not keep it going for ever', async () => {
  await bury(aReturn('2000'));
  let next = 2001;
  await scanQueue(world.sqs, await operator.dlq(), async () => {
    await bury(aReturn(String(next++)));
    return 'keep';
  });
  expect(next).toBeLessThan(2200);
  expect(await worker.parked()).toHaveLength(next - 2000);
});

describe('nothing is lost and nothing is done twice', () => {
  beforeEach(async () => {
    for (const orderId of orders) await bury(aReturn(orderId));
  });

  const allAreListedOnce = async () => {
    await redrive();
    await worker.finish();
    expect(await inDlq()).toBe(0);
    const listings = await world.igf.listings();
    expect(listings).toHaveLength(orders.length);
    expect(new Set(listings.map(({ returnReasonComment }) => returnReasonComment)).size).toBe(orders.length);
  };

  test('when it is stopped midway, and run again', async () => {
    const stop = new AbortController();
    const onProgress = (scanned: number) => scanned === 7 && stop.abort();
    const { sent } = await redrive({ onProgress, signal: stop.signal });
    expect(sent).toBeLessThan(orders.length);
    expect((await inQueue()) + (await inDlq())).toBe(orders.length);
    // The kept messages are visible at once.
    expect(await redrive()).toEqual({ sent: orders.length - sent, copies: 0, returned: 0, unseen: 0 });
    await allAreListedOnce();
  });

  test('when SQS does not accept a message', async () => {
    failing('SendMessageCommand', 4);
    await expect(redrive()).rejects.toThrow('no SendMessageCommand');
    expect(await operator.counts()).toEqual([3, orders.length - 3]);
    sqs.destroy();
    sqs = new SQSClient(localSettings(world.addresses.sqs));
    await allAreListedOnce();
  });

  test('when it crashes between sending and deleting', async () => {
    failing('DeleteMessageCommand');
    await expect(redrive()).rejects.toThrow('no DeleteMessageCommand');
    expect(await inDlq()).toBe(orders.length);
    expect(await inQueue()).toBeGreaterThan(0);
    sqs.destroy();
    sqs = new SQSClient(localSettings(world.addresses.sqs));
    await worker.finish();
    await allAreListedOnce();
  });

  test('when the kept messages cannot be made visible: their visibility timeout does it', async () => {
    failing(ChangeMessageVisibilityBatchCommand.name);
    const { sent } = await redrive({ selection: { webhook: 'stock-hub/v1/rma' } });
    expect(sent).toBe(0);
    expect(await inDlq()).toBe(orders.length);
  });
});

test('a copy of an event whose first message could not be sent stays', async () => {
  await worker.takes(shipment());
  for (let copy = 0; copy < 3; copy += 1) await bury(messageOf(rma()));
  failing('SendMessageCommand');
  await expect(redrive()).rejects.toThrow('no SendMessageCommand');
  expect(await operator.counts()).toEqual([0, 3]);
  expect(await worker.returns(order)).toEqual([]);
});

test('each message is sent before it is deleted', async () => {
  for (const orderId of orders) await bury(aReturn(orderId));
  const deleted = new Set<string>();
  let sent = 0;
  sqs.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === DeleteMessageCommand.name) {
        deleted.add(String(Object(args.input).ReceiptHandle));
        expect(deleted.size).toBeLessThanOrEqual(sent);
      }
      const answer = await next(args);
      if (context.commandName === SendMessageCommand.name) sent += 1;
      return answer;
    },
    { step: 'initialize' },
  );
  await redrive();
  expect(deleted.size).toBe(orders.length);
});
