import type { SQSRecord } from 'aws-lambda';
import type { QueueMetrics } from '../../../infra/local/sqs.ts';
import type { QueuePart } from '../../../infra/local/stack-parts.ts';

/** Times in milliseconds since the epoch. */
interface Message {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
}

/** A queue in memory. */
export class SimulatedQueue {
  readonly part: QueuePart;
  #messages: Message[] = [];
  #sent = 0;

  constructor(part: QueuePart) {
    this.part = part;
  }

  send(body: string, now: number): void {
    this.#sent += 1;
    const id = `${this.part.name}-${this.#sent}`;
    this.#messages.push({ id, body, sentAt: now, visibleAt: now, receiveCount: 0 });
  }

  /** Hides every visible message for the visibility timeout. @returns those that were received too often apart */
  receive(now: number): { records: SQSRecord[]; tooOften: string[] } {
    const { visibilityTimeoutSeconds, maxReceiveCount = Number.POSITIVE_INFINITY } = this.part;
    const visible = this.#messages.filter(({ visibleAt }) => visibleAt <= now);
    const [records, tooOften]: [SQSRecord[], string[]] = [[], []];
    for (const message of visible) {
      message.receiveCount += 1;
      message.visibleAt = now + visibilityTimeoutSeconds * 1000;
      if (message.receiveCount <= maxReceiveCount) records.push(recordOf(message));
      else {
        tooOften.push(message.body);
        this.delete(message.id);
      }
    }
    return { records, tooOften };
  }

  delay(id: string, seconds: number, now: number): void {
    for (const message of this.#messages) if (message.id === id) message.visibleAt = now + seconds * 1000;
  }

  delete(id: string): void {
    this.#messages = this.#messages.filter((message) => message.id !== id);
  }

  metrics(now: number): QueueMetrics {
    const visible = this.#messages.filter(({ visibleAt }) => visibleAt <= now).length;
    const recent = this.#messages.filter(({ receiveCount }) => receiveCount < 3);
    return {
      ApproximateNumberOfMessagesVisible: visible,
      ApproximateNumberOfMessagesNotVisible: this.#messages.length - visible,
      ApproximateAgeOfOldestMessage: (now - Math.min(now, ...recent.map(({ sentAt }) => sentAt))) / 1000,
    };
  }
}

/** What Lambda hands to a function, as far as the bridge reads it. */
const recordOf = ({ id, body, sentAt, receiveCount }: Message): SQSRecord =>
  ({
    messageId: id,
    receiptHandle: id,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount), SentTimestamp: String(sentAt) },
  }) as unknown as SQSRecord;
