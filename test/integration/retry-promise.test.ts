import { setTimeout } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { jest } from '@jest/globals';
import type { SQSEvent } from 'aws-lambda';
import { worker } from '../../functions/wiring/worker.ts';
import { pollQueue } from '../../infra/local/event-source.ts';
import { lambdaEnvironment } from '../../infra/local/stack-functions.ts';
import type { QueuePart } from '../../infra/local/stack-parts.ts';
import { jitterShare, retryDelaysSeconds } from '../../lib/config/retry-schedule.ts';
import { claimLeaseSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { eventually } from '../support/eventually.ts';
import { logLines } from '../support/log-lines.ts';
import { type Delivery, order, v2Rma } from '../support/webhooks.ts';
import { type Stack, startWorld, type World } from '../support/world.ts';

/** A day in 12 seconds. A call of 10 ms takes 72 s then, and the shortest visibility timeout of the stack 25 ms. */
const speed = 7200;
const hour = 3600;
let world: World;
/** Both days pass side by side. */
let crashes: Promise<Crashes>;
let over = false;

beforeAll(async () => {
  world = await startWorld({ speed });
  crashes = crashForever(await world.deploy());
});
afterAll(async () => {
  over = true;
  await crashes;
  await world?.close();
});

const envelopeOf = ({ webhook, payload }: Delivery) => ({
  schema: 1 as const,
  id: eventId(webhook, payload),
  webhook,
  version: '2.0',
  receivedAt: '2025-03-01T10:00:00.000Z',
  correlationId: 'a-correlation',
  payload,
});

const send = (queue: QueuePart, body: string) =>
  world.patient.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));

/** Receives as Lambda does: for the queue's own visibility timeout. */
async function receive(queue: QueuePart): Promise<Message | undefined> {
  const { Messages } = await world.patient.sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queue.url,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  return Messages?.[0];
}

async function isEmpty(queue: QueuePart): Promise<boolean> {
  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes = {} } = await world.patient.sqs.send(
    new GetQueueAttributesCommand({ QueueUrl: queue.url, AttributeNames: [...names] }),
  );
  return names.every((name) => Attributes[name] === '0');
}

/** The worker's own wiring with Lambda's events, in the environment of the stack. */
function startWorker(stack: Stack, onAttempt: (ageSeconds: number) => void) {
  const part = stack.feed.function;
  Object.assign(
    process.env,
    lambdaEnvironment(part, { addresses: world.addresses, speed, shortestClaimSeconds: 0 }),
    { IGF_BASE_URL: world.addresses.igf },
  );
  jest.spyOn(Date, 'now').mockImplementation(world.now);
  const handler = worker('winkelstraat');
  return pollQueue({
    source: stack.feed,
    sqs: world.patient.sqs,
    speed,
    lambda: {
      invoke: async (event) => {
        const { Records } = event as SQSEvent;
        for (const { attributes } of Records) onAttempt(ageOf(attributes.SentTimestamp));
        const context = { getRemainingTimeInMillis: () => workerTimeoutSeconds * 1000 };
        return { ok: true, requestId: 'a-request', payload: await handler({ Records }, context) };
      },
    },
    onFailure: () => {},
    // Such as the poll that its end cuts off.
    onError: () => {},
  });
}

const ageOf = (sentTimestamp: string | undefined): number => (world.now() - Number(sentTimestamp)) / 1000;

test('parks a message after 24 hours of failing IGF, with its reason, and not before', async () => {
  const stack = await world.deploy();
  await world.igf.fault({ operation: '*', status: 500, times: 1000 });
  const envelope = envelopeOf(v2Rma());
  const sentAt = world.now();
  await send(stack.queue, writeEnvelope(envelope));
  const ages: number[] = [];
  const feed = startWorker(stack, (age) => ages.push(age));
  try {
    const parked = await eventually('it is parked', () => receive(stack.deadLetters));
    await eventually('it is out of the queue', () => isEmpty(stack.queue));

    const reason = 'Failed for 24 hours: GET /listings/all: IGF answered 500';
    const attributes = Object.entries(parked.MessageAttributes ?? {});
    expect(Object.fromEntries(attributes.map(([name, { StringValue }]) => [name, StringValue]))).toEqual({
      reason,
      errorClass: 'IgfUnavailableError',
      eventId: envelope.id,
      webhook: envelope.webhook,
    });
    expect(parked.Body).toBe(writeEnvelope(envelope));

    const parkedAfter = (Number(parked.Attributes?.SentTimestamp) - sentAt) / 1000;
    expect(parkedAfter).toBeGreaterThanOrEqual(24 * hour);
    // The first failed attempt after 24 hours parks it, also on a slow machine.
    expect(ages.slice(0, -1).every((age) => age < 24 * hour)).toBe(true);
    expect(ages.length).toBeLessThanOrEqual(retryDelaysSeconds.length + 1);
    const delays = logLines.flatMap(({ step, inSeconds }) => (step === 'retry' ? [Number(inSeconds)] : []));
    expect(delays).toHaveLength(ages.length - 1);
    for (const [index, delay] of delays.entries()) {
      const planned = Math.max(retryDelaysSeconds[index] ?? hour, claimLeaseSeconds);
      expect(delay).toBeGreaterThanOrEqual(planned);
      expect(delay).toBeLessThanOrEqual(Math.ceil(planned * (1 + jitterShare)));
    }

    const { Item } = await world.dynamodb.send(
      new GetCommand({
        TableName: stack.table,
        Key: { pk: `ORDER#${order}`, sk: `EVENT#${envelope.id}` },
        ConsistentRead: true,
      }),
    );
    expect(Item).toMatchObject({ outcome: 'parked', lastError: reason, attempts: ages.length });
    expect(Item).not.toHaveProperty('nextAttemptAt');
  } finally {
    jest.restoreAllMocks();
    await feed[Symbol.asyncDispose]();
  }
});

interface Crashes {
  /** How old the message was at its last receive, in seconds. */
  readonly age: number;
  readonly receives: number;
  readonly maxReceiveCount: number | undefined;
  readonly body: string | undefined;
}

/** Receives a message repeatedly without processing it, like a crashing worker, until it is in the DLQ. */
async function crashForever({ queue, deadLetters }: Stack): Promise<Crashes> {
  await send(queue, 'a message that crashes its worker');
  const visibleAgainMs = (queue.visibilityTimeoutSeconds * 1000) / speed;
  let age = 0;
  let receives = 0;
  while (!over && age < 72 * hour) {
    const message = await receive(queue);
    if (message) {
      age = ageOf(message.Attributes?.SentTimestamp);
      receives = Number(message.Attributes?.ApproximateReceiveCount);
      await setTimeout(visibleAgainMs);
    } else if (!(await isEmpty(deadLetters))) break;
  }
  const { maxReceiveCount } = queue;
  return { age, receives, maxReceiveCount, body: (await receive(deadLetters))?.Body };
}

test('leaves a message whose every attempt crashes in the queue for 24 hours, until SQS’s own backstop moves it', async () => {
  const { age, receives, maxReceiveCount, body } = await crashes;
  expect(age).toBeGreaterThanOrEqual(24 * hour);
  expect(receives).toBe(maxReceiveCount);
  expect(body).toBe('a message that crashes its worker');
});
