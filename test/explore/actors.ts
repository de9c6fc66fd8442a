import type { SQSEvent } from 'aws-lambda';
import { answerTasks } from '../../infra/ops/returns/change-return.ts';
import type { AdvanceDependencies } from '../../lib/actions/action.ts';
import { workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { type Rejection, writeRejection } from '../../lib/ingest/rejection.ts';
import { quarantineHandler } from '../../lib/quarantine/quarantine-handler.ts';
import { reconcileReturn } from '../../lib/reconciler/reconcile-return.ts';
import { type ReturnRef, refOf, returnIn } from '../../lib/returns/order.ts';
import { todoOf } from '../../lib/returns/tasks.ts';
import { isoTime } from '../../lib/runtime/time.ts';
import type { TaskEntry } from '../../lib/table/tasks-index.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { workerHandler } from '../../lib/worker/worker-handler.ts';
import { deployment } from '../support/builders.ts';
import type { FakeIgf } from '../support/doubles/fake-igf.ts';
import { type Delivery, order } from '../support/webhooks.ts';
import type { Program } from './knowledge.ts';
import type { ExploredWorld, Message } from './world.ts';

/** What happens in a scenario: a message that a worker receives, or a command that a person types. */
export interface Actor {
  /** Such as `stock-hub/v1/rma`. */
  readonly name: string;
  /** Another actor puts it on the queue. */
  readonly isSent?: boolean;
  /** What it reports has happened at IGF. */
  when?(igf: FakeIgf['state']): boolean;
  /** One attempt at it, which ends with its message deleted, parked or left. */
  attempt(world: ExploredWorld, message: Message, startedAt: number): Program;
}

/** Everything that a worker and the reconciler need, as a process has it in one attempt. */
function dependenciesOf(
  world: ExploredWorld,
  { id, attempts }: Message,
  call: Asks,
  now: () => number,
): AdvanceDependencies {
  let tokens = 0;
  return {
    table: remote(world.table, 'table', call),
    igf: remote(world.igf, 'igf', call),
    policy: world.policy,
    claimLeaseMs: world.claimLeaseMs,
    deployment,
    now,
    newToken: () => {
      tokens += 1;
      return `token-${id}-${attempts}-${tokens}`;
    },
    notify: async (notice) => void (await call('topic.publish', [notice])),
  };
}

/** A webhook, and the worker's real code. */
export const webhook = (delivery: Delivery, more: Pick<Actor, 'when' | 'isSent'> = {}): Actor => ({
  name: delivery.webhook,
  ...more,
  attempt: (world, message, startedAt) => async (call, now) => {
    const queue = queueOf(message, call);
    const dependencies = dependenciesOf(world, message, call, now);
    const handle = workerHandler({ ...dependencies, sender: senderOf(delivery), random: () => 0, queue });
    const { webhook: name, payload } = delivery;
    const envelope = {
      schema: 1 as const,
      id: eventId(name, payload),
      webhook: name,
      version: '1.0',
      payload,
    };
    const receivedAt = isoTime(message.sentAt);
    const body = writeEnvelope({ ...envelope, receivedAt, correlationId: `correlation-${message.id}` });
    const getRemainingTimeInMillis = () => leftFrom(startedAt, now);
    const { batchItemFailures } = await handle(eventOf(message, body), { getRemainingTimeInMillis });
    if (batchItemFailures.length === 0) await queue.delete();
  },
});

/** A run of the reconciler, and its real code for each return of the order. */
export const reconciler: Actor = {
  name: 'reconciler',
  attempt: (world, message, startedAt) => async (call, now) => {
    const index = {
      waiting: () => {
        throw new Error('The returns of one order are not looked up.');
      },
      markPolled: async () => undefined,
    };
    const dependencies = { ...dependenciesOf(world, message, call, now), index };
    const attempt = { eventId: `reconciler-${message.id}`, enqueuedAt: isoTime(startedAt) };
    const found = await dependencies.table.readOrder(order).catch(() => undefined);
    const results = [];
    for (const item of found?.returns ?? []) {
      const entry = { ...refOf(item), task: 'stale' } as TaskEntry;
      const timeLeft = () => leftFrom(startedAt, now);
      results.push(await reconcileReturn(entry, attempt, dependencies, timeLeft));
    }
    // The next run comes back to a return about which IGF gave no answer.
    const isDone = results.every((result) => result !== 'unanswered' && result !== 'failed');
    if (found && isDone) await queueOf(message, call).delete();
  },
};

const leftFrom = (startedAt: number, now: () => number): number =>
  startedAt + workerTimeoutSeconds * 1000 - now();

/** A delivery that was answered 406, and the real code of the quarantine's worker. */
export const rejected = (rejection: Rejection): Actor => ({
  name: `rejected ${rejection.webhook} ${rejection.delivery}`,
  attempt: (world, message) => async (call, now) => {
    const queue = queueOf(message, call);
    const items = remote(world.quarantine, 'quarantine', call);
    const handle = quarantineHandler({ items, queue, now, random: () => 0 });
    const { batchItemFailures } = await handle(eventOf(message, writeRejection(rejection)));
    if (batchItemFailures.length === 0) await queue.delete();
  },
});

/** A person types `npx bridge done`, and the real code of its change. After a crash the person types it again. */
export const doneCommand = (ref: ReturnRef, by: string, sends: number): Actor => ({
  name: 'npx bridge done',
  attempt: (world, message, startedAt) => async (call) => {
    const queue = queueOf(message, call);
    const table = remote(world.table, 'table', call);
    const at = isoTime(startedAt);
    try {
      const item = returnIn(await table.readOrder(ref.orderId), ref);
      const tasks = item ? (todoOf(item, at)?.tasks ?? []) : [];
      if (item && tasks.length > 0) {
        await answerTasks({ store: table }, item, tasks, { note: 'done', by, at });
        await call('messages.send', [sends]);
      }
      await queue.delete();
    } catch {
      // The command prints the error, and the person types it again.
    }
  },
});

/** An attempt alone, without anybody else. @param last the process dies before its first call of this name */
export const alone = (world: ExploredWorld, program: Program, last?: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const call: Asks = (name, args) => {
      if (name !== last) return world.call(name, args);
      resolve();
      return new Promise(() => undefined);
    };
    program(call, () => world.now).then(resolve, reject);
  });

type Asks = Parameters<Program>[0];

const queueOf = ({ id }: Message, call: Asks) => ({
  delay: async (_receipt: string, seconds: number) => void (await call('messages.delay', [id, seconds])),
  park: async (_body: string, attributes: Record<string, string>) =>
    void (await call('messages.park', [id, attributes])),
  // The worker has ended, so an answer of SQS that is lost changes nothing more.
  delete: () => call('messages.delete', [id]).catch(() => undefined),
});

/** The same object for a process: all that it calls, of it and of the objects in it, is asked of the world. */
function remote<Target extends object>(target: Target, name: string, call: Asks): Target {
  return new Proxy(target, {
    get: (object, key) => {
      const member: unknown = Reflect.get(object, key);
      const path = `${name}.${String(key)}`;
      if (typeof member === 'object' && member !== null) return remote(member, path, call);
      return typeof member === 'function' ? (...args: unknown[]) => call(path, args) : member;
    },
  });
}

function senderOf({ webhook: name }: Delivery) {
  const sender = senders.find(({ webhooks, internal = [] }) =>
    [...webhooks, ...internal].some((each) => each.name === name),
  );
  if (!sender) throw new Error(`The catalogue has no webhook ${name}.`);
  return sender;
}

function eventOf({ id, sentAt, receives }: Message, body: string): SQSEvent {
  const record = {
    messageId: `message-${id}`,
    receiptHandle: `receipt-${id}`,
    body,
    attributes: {
      ApproximateReceiveCount: String(receives),
      SentTimestamp: String(sentAt),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
  };
  const source = { md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: '' };
  return { Records: [{ ...record, ...source, messageAttributes: {} }] };
}
