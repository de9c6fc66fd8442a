import type { SQSEvent } from 'aws-lambda';
import type { Policy } from '../../lib/config/policy.ts';
import { claimLeaseSeconds } from '../../lib/config/timing.ts';
import type { Notice } from '../../lib/returns/notice.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { workerHandler } from '../../lib/worker/worker-handler.ts';
import { deployment, policy } from '../support/builders.ts';
import { FakeIgf } from '../support/doubles/fake-igf.ts';
import { inMemoryTable } from '../support/doubles/in-memory-table.ts';
import type { Delivery } from '../support/webhooks.ts';
import { textOf } from './scheduler.ts';

/** A message in the queue. */
export interface Message {
  /** Counted from 1. */
  readonly id: number;
  readonly delivery: Delivery;
  readonly sentAt: number;
  receiveCount: number;
}

/** Makes the calls of an object wait until they are chosen. */
export type Control = <Part extends object>(part: Part, name: string) => Part;

/** Everything around the workers, in memory. A test may replace any part of it. */
export class ExploredWorld {
  readonly table = inMemoryTable();
  readonly igf = new FakeIgf();
  readonly notices: Notice[] = [];
  /** Messages that are not deleted yet. */
  readonly queue: Message[] = [];
  /** The messages that were parked. */
  readonly parked: number[] = [];
  /** Milliseconds since the epoch. The clock stands still while workers run. */
  now = Date.parse('2024-03-11T12:00:00.000Z');
  claimLeaseMs = claimLeaseSeconds * 1000;
  mode: Policy['mode'] = 'live';

  send(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      this.queue.push({ id: this.queue.length + 1, delivery, sentAt: this.now, receiveCount: 0 });
    }
  }

  /** Decides every later answer: two worlds with the same content go on in the same way. */
  content(): unknown {
    const { deliveries, ...stored } = this.table.content();
    const attempts = deliveries.map(textOf).sort();
    const messages = this.queue.map(({ id, receiveCount }) => [id, receiveCount]);
    return [stored, attempts, this.igf.state, this.notices, messages, this.parked, this.now];
  }

  /** A worker receives a message and works on it with its real code. SQS deletes the message if it may be deleted. */
  async work(message: Message, controlled: Control = (part) => part): Promise<void> {
    message.receiveCount += 1;
    const attempt = `${message.id}-${message.receiveCount}`;
    let tokens = 0;
    const queue = controlled(
      {
        delay: async () => undefined,
        park: async () => void this.parked.push(message.id),
        deleteMessage: async () => void this.queue.splice(this.queue.indexOf(message), 1),
      },
      'queue',
    );
    const topic = controlled({ publish: async (notice: Notice) => void this.notices.push(notice) }, 'topic');
    const handle = workerHandler({
      sender: senderOf(message.delivery),
      table: controlled(this.table, 'table'),
      igf: controlled(this.igf, 'igf'),
      policy: policy({ mode: this.mode }),
      claimLeaseMs: this.claimLeaseMs,
      deployment,
      now: () => this.now,
      random: () => 0,
      newToken: () => {
        tokens += 1;
        return `token-${attempt}-${tokens}`;
      },
      notify: (notice) => topic.publish(notice),
      queue,
    });
    const { batchItemFailures } = await handle(eventOf(message), { getRemainingTimeInMillis: () => 30_000 });
    // The worker has ended, so an answer of SQS that is lost changes nothing more.
    if (batchItemFailures.length === 0) await queue.deleteMessage().catch(() => undefined);
  }
}

function senderOf({ webhook }: Delivery) {
  const sender = senders.find(({ webhooks }) => webhooks.some(({ name }) => name === webhook));
  if (!sender) throw new Error(`The catalogue has no webhook ${webhook}.`);
  return sender;
}

function eventOf({ id, delivery: { webhook, payload }, sentAt, receiveCount }: Message): SQSEvent {
  const envelope = { schema: 1 as const, id: eventId(webhook, payload), webhook, version: '1.0', payload };
  const receivedAt = new Date(sentAt).toISOString();
  const record = {
    messageId: `message-${id}`,
    receiptHandle: `receipt-${id}`,
    body: writeEnvelope({ ...envelope, receivedAt, correlationId: `correlation-${id}` }),
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      SentTimestamp: String(sentAt),
      SenderId: '',
      ApproximateFirstReceiveTimestamp: '',
    },
  };
  const source = { md5OfBody: '', eventSource: 'aws:sqs', eventSourceARN: '', awsRegion: '' };
  return { Records: [{ ...record, ...source, messageAttributes: {} }] };
}
