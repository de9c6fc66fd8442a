import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { clockNow } from '../../../infra/local/clock.ts';
import { createResources } from '../../../infra/local/create-resources.ts';
import { localClients } from '../../../infra/local/endpoints.ts';
import {
  failedIds,
  type InvocationAttempt,
  pollQueue,
  sqsRecord,
} from '../../../infra/local/event-source.ts';
import type { Invocation } from '../../../infra/local/lambda-function.ts';
import { startSqs } from '../../../infra/local/sqs.ts';
import type { EventSourcePart } from '../../../infra/local/stack-parts.ts';
import { until } from '../../support/eventually.ts';
import { addresses, aFunction, aQueue } from './fixture.ts';

const { region } = addresses;

/** The function's work on a batch. When it throws, the invocation fails. */
type Handler = (records: SQSRecord[]) => Promise<unknown> | unknown;

const speed = 60;
const clock = { startedAt: Date.now(), speed };
const hooks = { signal: new AbortController().signal, onUnexpectedExit: () => {} };
let sqs: Awaited<ReturnType<typeof startSqs>>;
let clients: ReturnType<typeof localClients>;
beforeAll(async () => {
  sqs = await startSqs({ port: 0, region, clock }, hooks);
  clients = localClients({ ...addresses, sqs: sqs.url });
});
afterAll(async () => {
  await clients[Symbol.asyncDispose]();
  await sqs[Symbol.asyncDispose]();
});

let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

let queues = 0;

/** A fresh queue with a DLQ, polled for `handler`. Visibility is 15 s, a quarter of a second at this speed. */
async function feed(handler: Handler, changes: Partial<EventSourcePart> = {}, atSpeed = 1) {
  queues += 1;
  const named = (name: string) => ({ name, arn: `arn:aws:sqs:${region}:000000000000:${name}` });
  const deadLetters = aQueue({ ...named(`dead-${queues}`), url: `${sqs.url}/000000000000/dead-${queues}` });
  const redrive = { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 3 };
  const queue = aQueue({
    ...named(`queue-${queues}`),
    url: `${sqs.url}/000000000000/queue-${queues}`,
    attributes: { VisibilityTimeout: '15', RedrivePolicy: JSON.stringify(redrive) },
    visibilityTimeoutSeconds: 15,
    deadLetterArn: deadLetters.arn,
    maxReceiveCount: 3,
  });
  await createResources(clients, { queues: [queue, deadLetters] });
  const attempts: InvocationAttempt[] = [];
  const invoke = async (event: unknown): Promise<Invocation> => {
    try {
      return { ok: true, requestId: 'r', payload: (await handler((event as SQSEvent).Records)) ?? null };
    } catch {
      return {
        ok: false,
        requestId: 'r',
        failure: { kind: 'crash', errorType: 'E', errorMessage: '', stackTrace: [] },
      };
    }
  };
  open.use(
    pollQueue({
      source: {
        function: aFunction({ timeoutSeconds: 1 }),
        queue,
        batchSize: 1,
        maxConcurrency: 2,
        reportsBatchItemFailures: true,
        ...changes,
      },
      lambda: { invoke },
      sqs: clients.sqs,
      speed: atSpeed,
      onFailure: (_failure, attempt) => attempts.push(attempt),
      onError: () => {},
    }),
  );
  const send = (body: string) =>
    clients.sqs.send(new SendMessageCommand({ QueueUrl: queue.url, MessageBody: body }));
  const counts = async (name = queue.name) => {
    const response = await fetch(`${sqs.url}/_fauxqs/queues/${name}`);
    const { messages } = (await response.json()) as { messages: Record<'ready' | 'inflight', unknown[]> };
    return { ready: messages.ready.length, inflight: messages.inflight.length };
  };
  const isEmpty = async () => JSON.stringify(await counts()) === '{"ready":0,"inflight":0}';
  return { queue, deadLetters, send, counts, isEmpty, attempts };
}

const failuresOf = (records: SQSRecord[]) => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

describe('a message', () => {
  test('reaches the function at once, in Lambda’s shape, and is deleted when it succeeded', async () => {
    const seen: SQSRecord[] = [];
    const { queue, isEmpty } = await feed((records) => void seen.push(...records));
    const { MessageId } = await clients.sqs.send(
      new SendMessageCommand({
        QueueUrl: queue.url,
        MessageBody: '{"a":1}',
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'why' } },
      }),
    );
    await until(() => seen.length > 0);
    expect(seen).toEqual([
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: '{"a":1}',
        attributes: expect.objectContaining({
          ApproximateReceiveCount: '1',
          SentTimestamp: expect.stringMatching(/^\d{13}$/),
          ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
        }),
        messageAttributes: {
          reason: { stringValue: 'why', dataType: 'String', stringListValues: [], binaryListValues: [] },
        },
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: 'aws:sqs',
        eventSourceARN: queue.arn,
        awsRegion: region,
      },
    ]);
    await until(isEmpty);
  });

  test('was sent at a time of the local runtime’s clock', async () => {
    const seen: SQSRecord[] = [];
    const { send } = await feed((records) => void seen.push(...records));
    await send('x');
    await until(() => seen.length > 0);
    const age = clockNow(clock) - Number(seen[0]?.attributes.SentTimestamp);
    expect(Math.abs(age)).toBeLessThan(30_000 * speed);
  });

  test('that the function reports as failed stays, and comes back when its visibility timeout ends', async () => {
    const counts: string[] = [];
    const { send, isEmpty } = await feed((records) => {
      counts.push(records[0]?.attributes.ApproximateReceiveCount ?? '');
      return counts.length < 3 ? failuresOf(records) : { batchItemFailures: [] };
    });
    const begun = performance.now();
    await send('x');
    await until(() => counts.length === 3);
    // Twice 15 s on a clock that runs 60 times faster.
    expect(performance.now() - begun).toBeGreaterThanOrEqual(450);
    expect(counts).toEqual(['1', '2', '3']);
    await until(isEmpty);
  });

  test('goes to the DLQ when every attempt crashes, after as many as the redrive policy allows', async () => {
    const { send, attempts, deadLetters, counts } = await feed(() => {
      throw new Error();
    });
    await send('x');
    await until(async () => (await counts(deadLetters.name)).ready === 1);
    expect(attempts).toEqual(
      [1, 2, 3].map((receiveCount) => ({ receiveCount, maxReceiveCount: 3, retryInSeconds: 15 })),
    );
  });
});

describe('a batch', () => {
  test('leaves only its failed messages in the queue', async () => {
    let calls = 0;
    const { send, counts } = await feed(
      (records) => {
        calls += records.length;
        return failuresOf(records.filter(({ body }) => body === 'bad'));
      },
      { batchSize: 10, maxConcurrency: 1 },
    );
    await Promise.all(['good', 'bad', 'good', 'good'].map(send));
    await until(() => calls >= 4);
    await until(async () => {
      const { ready, inflight } = await counts();
      return ready + inflight === 1;
    });
  });

  test('is deleted as a whole where the mapping takes no reports', async () => {
    const { send, isEmpty } = await feed(failuresOf, { reportsBatchItemFailures: false });
    await send('x');
    await until(isEmpty);
  });
});

test('runs as many invocations at once as the mapping allows', async () => {
  let running = 0;
  let most = 0;
  let done = 0;
  const { send } = await feed(
    async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 50));
      running -= 1;
      done += 1;
    },
    { maxConcurrency: 3 },
  );
  await Promise.all(Array.from({ length: 9 }, (_, n) => send(String(n))));
  await until(() => done === 9);
  expect(most).toBe(3);
});

describe('when the local clock runs faster than the function works', () => {
  test('a message stays invisible while the function runs, longer than its visibility timeout', async () => {
    let calls = 0;
    const { send, isEmpty } = await feed(
      async () => {
        calls += 1;
        await new Promise((resolve) => setTimeout(resolve, 500));
      },
      {},
      speed,
    );
    await send('x');
    await until(() => calls > 0);
    await until(isEmpty);
    expect(calls).toBe(1);
  });

  test('a crash returns it after the visibility timeout of the queue', async () => {
    const at: number[] = [];
    const { send } = await feed(
      () => {
        at.push(performance.now());
        throw new Error();
      },
      // The message was invisible for the function's time limit. This test would not wait for so long.
      { function: aFunction({ timeoutSeconds: 600 }) },
      speed,
    );
    await send('x');
    await until(() => at.length === 2);
    const [first = 0, second = 0] = at;
    expect(second - first).toBeGreaterThanOrEqual(230);
  });
});

describe('what a function reports', () => {
  const records = ['a', 'b'].map((MessageId) => sqsRecord({ MessageId }, 'arn'));

  test.each<[string, unknown, string[]]>([
    ['nothing', null, []],
    ['no list', {}, []],
    ['an empty list', { batchItemFailures: [] }, []],
    ['an empty list by null', { batchItemFailures: null }, []],
    ['one message', { batchItemFailures: [{ itemIdentifier: 'b' }] }, ['b']],
    ['a message that was not there', { batchItemFailures: [{ itemIdentifier: 'c' }] }, ['a', 'b']],
    ['a message without an id', { batchItemFailures: [{ itemIdentifier: '' }] }, ['a', 'b']],
    ['a wrong shape', { batchItemFailures: 'b' }, ['a', 'b']],
    ['text', 'done', ['a', 'b']],
  ])('%s is read as Lambda reads it', (_what, payload, failed) => {
    expect([...failedIds(payload, records)]).toEqual(failed);
  });
});
