import { awsOperation } from './dynamodb-faults.ts';
import type { Call, Fault } from './fault.ts';

const headers = { 'content-type': 'application/x-amz-json-1.0' };
const failed = {
  status: 500,
  headers,
  body: '{"__type":"com.amazonaws.sqs#InternalError","message":"Chaos"}',
};
const unpublished = {
  status: 500,
  headers: { 'content-type': 'text/xml' },
  body: '<ErrorResponse><Error><Type>Receiver</Type><Code>InternalError</Code><Message>Chaos</Message></Error></ErrorResponse>',
};

const withInput = (change: (input: Record<string, unknown>) => Record<string, unknown>) => (call: Call) => ({
  body: JSON.stringify(change(JSON.parse(call.body))),
});

/** A deleted message comes again: SQS says "on rare occasions", here it does. */
const deliveredAgain: Fault = {
  name: 'delivered again after its delete',
  ...{ share: 0.02, reaches: true, answer: { status: 200, headers, body: '{"Successful":[],"Failed":[]}' } },
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

/** What befalls an operation of SQS, or of SNS, which the local SQS is too. */
const faultsOf: Readonly<Record<string, readonly Fault[]>> = {
  SendMessage: [
    { name: '500 before a send', share: 0.02, reaches: false, answer: failed },
    { name: '500 after a send', share: 0.02, reaches: true, answer: failed },
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
    { name: '500 before a delay', share: 0.01, reaches: false, answer: failed },
    { name: '500 after a delay', share: 0.01, reaches: true, answer: failed },
  ],
  Publish: [
    { name: 'SNS 500 before a notice', share: 0.03, reaches: false, answer: unpublished },
    { name: 'SNS 500 after a notice', share: 0.03, reaches: true, answer: unpublished },
  ],
};

/** IGF tells of a refund once, by a webhook that it never repeats, and no answer of its API says so: such a one is spared. */
const isSpared = ({ body }: Call): boolean => body.includes('v1/refund');

export const sqsFaults = (call: Call): readonly Fault[] =>
  isSpared(call) ? [] : (faultsOf[call.operation] ?? []);

/** SNS speaks the query protocol: the operation is a field of the form. */
export const sqsOperation = (call: Omit<Call, 'operation'>): string =>
  awsOperation(call) || (new URLSearchParams(call.body).get('Action') ?? '');
