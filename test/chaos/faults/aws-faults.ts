import type { Call, FaultyAnswer } from '../../support/http-proxy.ts';
import type { NamedFault } from './fault.ts';

const failure = (status: number, type: string): FaultyAnswer => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: JSON.stringify({ __type: type, message: 'Chaos' }),
});
const throttled = failure(400, 'com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException');
const tableFailed = failure(500, 'com.amazonaws.dynamodb.v20120810#InternalServerError');
const queueFailed = failure(500, 'com.amazonaws.sqs#InternalError');
const topicFailed: FaultyAnswer = {
  status: 500,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Type>Receiver</Type><Code>InternalError</Code><Message>Chaos</Message></Error></ErrorResponse>',
};

/** A table that throttles and fails. The SDK retries by itself, also a call that took effect. */
export const dynamoDbFaults: readonly NamedFault[] = [
  { name: 'throttled', share: 0.02, reaches: false, answer: throttled },
  { name: '500 before the effect', share: 0.02, reaches: false, answer: tableFailed },
  { name: '500 after the effect', share: 0.02, reaches: true, answer: tableFailed },
  { name: 'connection closed before the effect', share: 0.005, reaches: false, answer: 'drop' },
  { name: 'connection closed after the effect', share: 0.005, reaches: true, answer: 'drop' },
];

const withInput = (change: (input: Record<string, unknown>) => Record<string, unknown>) => (call: Call) => ({
  body: JSON.stringify(change(JSON.parse(call.body))),
});

/** A deleted message comes again: SQS says "on rare occasions", here it does. */
const deliveredAgain: NamedFault = {
  name: 'delivered again after its delete',
  share: 0.02,
  reaches: true,
  answer: { ...queueFailed, status: 200, body: '{"Successful":[],"Failed":[]}' },
  instead: (call) => ({
    target: 'AmazonSQS.ChangeMessageVisibilityBatch',
    ...withInput(({ QueueUrl, Entries }) => ({
      QueueUrl,
      Entries: (Entries as { Id: string; ReceiptHandle: string }[]).map((entry) => ({
        ...entry,
        VisibilityTimeout: 1,
      })),
    }))(call),
  }),
};

/** By operation of SQS, or of SNS: the local SQS server answers for both. */
const faultsOfOperation: Readonly<Record<string, readonly NamedFault[]>> = {
  SendMessage: [
    { name: '500 before a send', share: 0.02, reaches: false, answer: queueFailed },
    { name: '500 after a send', share: 0.02, reaches: true, answer: queueFailed },
    { name: 'connection closed after a send', share: 0.01, reaches: true, answer: 'drop' },
    {
      name: 'delivered a quarter of an hour late',
      ...{ share: 0.05, reaches: true, answer: 'real' },
      instead: withInput((input) => ({ ...input, DelaySeconds: 900 })),
    },
  ],
  ReceiveMessage: [
    {
      name: 'delivered twice at once',
      ...{ share: 0.02, reaches: true, answer: 'real' },
      instead: withInput((input) => ({ ...input, VisibilityTimeout: 0 })),
    },
    {
      name: 'lost on its way to a poller',
      ...{ share: 0.005, reaches: true, answer: 'drop' },
      instead: withInput((input) => ({ ...input, VisibilityTimeout: 60 })),
    },
  ],
  DeleteMessageBatch: [deliveredAgain],
  ChangeMessageVisibility: [
    { name: '500 before a delay', share: 0.01, reaches: false, answer: queueFailed },
    { name: '500 after a delay', share: 0.01, reaches: true, answer: queueFailed },
  ],
  Publish: [
    { name: 'SNS 500 before a notice', share: 0.03, reaches: false, answer: topicFailed },
    { name: 'SNS 500 after a notice', share: 0.03, reaches: true, answer: topicFailed },
  ],
};

/**
 * IGF announces a refund once, by a webhook that it never repeats, and no answer of its API shows it. So a message about a
 * refund gets no fault.
 */
export const sqsFaults = ({ body, operation }: Call): readonly NamedFault[] =>
  body.includes('v1/refund') ? [] : (faultsOfOperation[operation] ?? []);
