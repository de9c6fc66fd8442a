import {
  ChangeMessageVisibilityCommand,
  GetQueueAttributesCommand,
  type Message,
  type MessageAttributeValue,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { Consumer } from 'sqs-consumer';
import * as z from 'zod/mini';
import type { Failure, LambdaFunction } from './lambda-function.ts';
import type { EventSourcePart, SchedulePart } from './stack-parts.ts';

export interface EventSourceOptions {
  readonly source: EventSourcePart;
  readonly lambda: Pick<LambdaFunction, 'invoke'>;
  readonly sqs: SQSClient;
  readonly speed: number;
  /** An invocation failed as a whole: SQS delivers every message of its batch again. */
  readonly onFailure: (failure: Failure, attempt: InvocationAttempt) => void;
  readonly onError: (error: Error) => void;
}

/** One receive of a message whose invocation failed. */
export interface InvocationAttempt {
  readonly receiveCount: number;
  readonly maxReceiveCount: number | undefined;
  /** In the local runtime's time. */
  readonly retryInSeconds: number;
}

/** The longest visibility timeout that SQS takes. */
const longestVisibilitySeconds = 43_200;

/**
 * Polls a queue as Lambda's event source mapping does, with as many polls at once as its maximum concurrency. It
 * deletes what succeeded. SQS delivers the rest again after the visibility timeout of the queue, or of the function.
 */
export function pollQueue(options: EventSourceOptions): AsyncDisposable {
  const { source, lambda, sqs, speed, onFailure, onError } = options;
  const { url, arn, visibilityTimeoutSeconds, maxReceiveCount } = source.queue;
  // On AWS the queue's visibility timeout is longer than the function may run. Here it passes SPEED times faster, and the
  // function runs in real time. If it would end under a running function, the message stays invisible for as long as
  // the function may run.
  const needed = Math.min(longestVisibilitySeconds, Math.ceil(source.function.timeoutSeconds * speed));
  const isExtended = needed > visibilityTimeoutSeconds;

  /** @returns the messages that are deleted */
  const handleMessageBatch = async (messages: Message[]): Promise<Message[]> => {
    const records = messages.map((message) => sqsRecord(message, arn));
    const invocation = await lambda.invoke({ Records: records } satisfies SQSEvent);
    if (invocation.ok) {
      if (!source.reportsBatchItemFailures) return messages;
      const failed = failedIds(invocation.payload, records);
      return messages.filter(({ MessageId }) => !failed.has(MessageId ?? ''));
    }
    for (const { ReceiptHandle } of isExtended ? messages : []) {
      // After a crash or a time limit the queue's own visibility timeout applies again.
      const input = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: visibilityTimeoutSeconds };
      await sqs.send(new ChangeMessageVisibilityCommand(input));
    }
    const receiveCount = Number(records[0]?.attributes.ApproximateReceiveCount);
    onFailure(invocation.failure, {
      receiveCount,
      maxReceiveCount,
      retryInSeconds: visibilityTimeoutSeconds,
    });
    return [];
  };

  const consumers = Array.from({ length: source.maxConcurrency }, () => {
    const consumer = Consumer.create({
      sqs,
      queueUrl: url,
      batchSize: Math.min(source.batchSize, 10),
      messageAttributeNames: ['All'],
      messageSystemAttributeNames: ['All'],
      ...(isExtended && { visibilityTimeout: needed }),
      waitTimeSeconds: 20,
      authenticationErrorTimeout: 1000,
      suppressFifoWarning: true,
      handleMessageBatch,
    });
    consumer.on('error', onError);
    return consumer;
  });
  let isDisposed = false;
  const start = async (): Promise<void> => {
    // Lambda refuses a mapping whose queue it may not look at.
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['VisibilityTimeout'] }));
    for (const consumer of isDisposed ? [] : consumers) consumer.start();
  };
  void start().catch(onError);
  return {
    [Symbol.asyncDispose]: async () => {
      isDisposed = true;
      for (const consumer of consumers) consumer.stop({ abort: true });
    },
  };
}

const Failed = z.object({ itemIdentifier: z.string().check(z.minLength(1)) });
const BatchResponse = z.nullish(z.object({ batchItemFailures: z.nullish(z.array(Failed)) }));

/**
 * The messages that the function reports as failed, as Lambda reads it: none for nothing or an empty list, all for an
 * unreadable report, or one about a message that was not in the batch.
 */
export function failedIds(payload: unknown, records: readonly SQSRecord[]): Set<string> {
  const all = new Set(records.map(({ messageId }) => messageId));
  const response = z.safeParse(BatchResponse, payload);
  if (!response.success) return all;
  const reported = (response.data?.batchItemFailures ?? []) satisfies SQSBatchResponse['batchItemFailures'];
  const failed = new Set(reported.map(({ itemIdentifier }) => itemIdentifier));
  return failed.isSubsetOf(all) ? failed : all;
}

/** A received message in the shape in which Lambda hands it to a function. */
export function sqsRecord(message: Message, queueArn: string): SQSRecord {
  const { MessageId = '', ReceiptHandle = '', Body = '', MD5OfBody = '' } = message;
  return {
    messageId: MessageId,
    receiptHandle: ReceiptHandle,
    body: Body,
    attributes: message.Attributes as unknown as SQSRecord['attributes'],
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, value]) => [name, textAttribute(value)]),
    ),
    md5OfBody: MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: queueArn.split(':')[3] ?? '',
  };
}

/** The bridge sends no other type than text. */
const textAttribute = ({ StringValue = '', DataType = 'String' }: MessageAttributeValue) => ({
  stringValue: StringValue,
  stringListValues: [],
  binaryListValues: [],
  dataType: DataType,
});

export interface ScheduleOptions extends Pick<EventSourceOptions, 'lambda' | 'speed'> {
  readonly schedule: SchedulePart;
  readonly onFailure: (failure: Failure) => void;
}

/** In milliseconds. A function takes real time whatever the speed is, so no run starts sooner than this after another. */
const shortestMs = 1000;
/** A timer that is set to more than this fires at once, in milliseconds. */
const longestMs = 2 ** 31 - 1;

/**
 * Starts a function at a fixed rate of local time as EventBridge does, first after one interval. A start is skipped
 * while the previous run goes on, where AWS would begin a second run.
 */
export function runOnSchedule({ schedule, lambda, speed, onFailure }: ScheduleOptions): AsyncDisposable {
  const everyMs = Math.min(longestMs, Math.max(shortestMs, (schedule.everySeconds * 1000) / speed));
  let running = false;
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    const invocation = await lambda.invoke(schedule.event);
    running = false;
    if (!invocation.ok) onFailure(invocation.failure);
  };
  const timer = setInterval(() => void run(), everyMs);
  return { [Symbol.asyncDispose]: async () => clearInterval(timer) };
}
