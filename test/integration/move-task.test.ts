import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { DeadLetterQueue } from '../../infra/ops/dlq/dead-letter-queue.ts';
import { type MoveOptions, moveQueue } from '../../infra/ops/dlq/move-task.ts';
import { type MovingOptions, type MovingSqs, movingSqs } from '../support/doubles/moving-sqs.ts';
import { eachOperated, type Operator } from '../support/operator.ts';
import { runOpsAt } from '../support/ops.ts';
import { localSettings, type Stack, type World } from '../support/world.ts';

let world: World;
let stack: Stack;
let operator: Operator;
let moving: MovingSqs | undefined;
let sqs: SQSClient;

eachOperated((fresh) => {
  ({ world, stack, operator } = fresh);
});
afterEach(async () => {
  sqs?.destroy();
  await moving?.close();
});

/** An SQS with move tasks in front of the world's own. */
async function startMoving(options: MovingOptions = {}): Promise<MovingSqs> {
  const { queue, deadLetters } = stack;
  const urlOf = (arn: string) => (arn === queue.arn ? queue.url : deadLetters.url);
  moving = await movingSqs(world.sqs, world.addresses.sqs, urlOf, options);
  sqs = new SQSClient(localSettings(moving.url));
  return moving;
}

const at = (url: string) => `${moving?.url}${new URL(url).pathname}`;

async function theDlq(): Promise<DeadLetterQueue> {
  const { source, ...dlq } = await operator.dlq();
  return { ...dlq, url: at(dlq.url), source: { ...source, url: at(source.url) } };
}

const bury = async (count: number): Promise<void> => {
  for (let number = 0; number < count; number += 1) await operator.bury(`message ${number}`);
};
const move = async (options: Partial<MoveOptions> = {}) =>
  moveQueue(sqs, await theDlq(), { perSecond: 20, pollMs: 5, ...options });

test('SQS itself moves a whole DLQ to the named queue, at the wanted rate', async () => {
  const { requests } = await startMoving();
  await bury(25);
  const steps: string[] = [];
  expect(await move({ onProgress: (moved, of) => steps.push(`${moved}/${of}`) })).toEqual({
    moved: 25,
    stopped: false,
  });
  expect(await operator.counts()).toEqual([25, 0]);
  expect(requests).toEqual([
    {
      action: 'start',
      input: {
        SourceArn: stack.deadLetters.arn,
        DestinationArn: stack.queue.arn,
        MaxNumberOfMessagesPerSecond: 20,
      },
    },
  ]);
  expect(steps).toEqual(['0/25', '10/25', '20/25', '25/25']);
});

test('a second move is distinguished from the first', async () => {
  await startMoving();
  await bury(3);
  await move();
  await bury(2);
  expect(await move()).toMatchObject({ moved: 2 });
  expect(await operator.counts()).toEqual([5, 0]);
});

test('ends a task that would move returning messages for ever', async () => {
  const { requests } = await startMoving({ onMoved: (body) => operator.bury(body) });
  await bury(5);
  expect(await move()).toMatchObject({ stopped: false });
  expect(requests.map(({ action }) => action)).toEqual(['start', 'cancel']);
});

test('is cancelled when it is stopped, and continues when it is started again', async () => {
  const { requests } = await startMoving({ atOnce: 4 });
  await bury(12);
  const stop = new AbortController();
  const first = await move({ signal: stop.signal, onProgress: () => stop.abort() });
  expect(first).toMatchObject({ stopped: true });
  expect(requests.map(({ action }) => action)).toEqual(['start', 'cancel']);
  await move();
  expect(await operator.counts()).toEqual([12, 0]);
});

test('waits for a task that is being cancelled, then starts its own', async () => {
  const { requests } = await startMoving({ atOnce: 4 });
  await bury(12);
  const input = { SourceArn: stack.deadLetters.arn, DestinationArn: stack.queue.arn };
  const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand(input));
  await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: stack.deadLetters.arn }));
  await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }));
  expect(await move()).toEqual({ moved: 12, stopped: false });
  expect(requests.map(({ action }) => action)).toEqual(['start', 'cancel', 'start']);
  expect(await operator.counts()).toEqual([12, 0]);
});

test('follows a task that somebody else has started', async () => {
  const { requests } = await startMoving({ atOnce: 2 });
  await bury(6);
  const input = { SourceArn: stack.deadLetters.arn, DestinationArn: stack.queue.arn };
  await sqs.send(new StartMessageMoveTaskCommand(input));
  expect(await move()).toEqual({ moved: 6, stopped: false });
  expect(requests).toHaveLength(1);
  expect(await operator.counts()).toEqual([6, 0]);
});

test('a failed task is reported in one line', async () => {
  await startMoving({ failsAfter: { moved: 2, reason: 'CouldNotDetermineMessageSource' } });
  await bury(5);
  await expect(move()).rejects.toThrow(
    'SQS moved 2 of 5 messages, then the move task failed: CouldNotDetermineMessageSource.',
  );
});

test('an SQS without move tasks is reported', async () => {
  await startMoving();
  sqs.destroy();
  sqs = new SQSClient(localSettings(world.addresses.sqs));
  expect(await move()).toBe('unsupported');
});

describe('bridge parked redrive', () => {
  const redrive = (...args: string[]) =>
    runOpsAt(
      {
        addresses: { ...world.addresses, sqs: moving?.url ?? '' },
        outputs: { TableName: stack.table, WinkelstraatQueueUrl: at(stack.queue.url) },
      },
      ...['parked', 'redrive', ...args],
    );

  test('lets SQS move a whole DLQ, and sends a part of it one by one', async () => {
    const { requests } = await startMoving();
    await bury(3);
    const none = await redrive('--webhook', 'stock-hub/v1/rma', '--per-second', '50');
    expect(none).toMatchObject({ code: 0, lines: ['winkelstraat: 0 messages redriven.'] });
    expect(requests).toEqual([]);

    const all = await redrive('--per-second', '50');
    expect(all).toMatchObject({ code: 0, lines: ['winkelstraat: 3 messages redriven.'], complaints: [] });
    expect(requests).toMatchObject([{ input: { MaxNumberOfMessagesPerSecond: 50 } }]);
    expect(await operator.counts()).toEqual([3, 0]);
  });
});
