import type { Call, Fault } from './fault.ts';

const headers = { 'content-type': 'application/x-amz-json-1.0' };
const throttled = {
  ...{ status: 400, headers },
  body: '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"Chaos"}',
};
const failed = {
  ...{ status: 500, headers },
  body: '{"__type":"com.amazonaws.dynamodb.v20120810#InternalServerError","message":"Chaos"}',
};

/** A table that throttles and fails. The SDK tries again by itself, also what had taken effect. */
export const dynamoDbFaults: readonly Fault[] = [
  { name: 'throttled', share: 0.02, reaches: false, answer: throttled },
  { name: '500 before the effect', share: 0.02, reaches: false, answer: failed },
  { name: '500 after the effect', share: 0.02, reaches: true, answer: failed },
  { name: 'connection closed before the effect', share: 0.005, reaches: false, answer: 'drop' },
  { name: 'connection closed after the effect', share: 0.005, reaches: true, answer: 'drop' },
];

/** AWS's JSON protocols name the operation in a header, such as `DynamoDB_20120810.Query`. */
export const awsOperation = ({ target }: Omit<Call, 'operation'>): string => target?.split('.').at(-1) ?? '';
