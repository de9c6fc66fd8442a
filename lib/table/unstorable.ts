import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

const refusals = new Set(['ValidationException', 'SerializationException']);

/**
 * Why the table will never take what it was given, or `undefined` when another attempt may help. DynamoDB's own message
 * is not repeated: it may quote a value.
 */
export function whyUnstorable(error: unknown): string | undefined {
  if (!(error instanceof DynamoDBServiceException) || !refusals.has(error.name)) return undefined;
  return `the table can not hold what it tells: ${whatIsWrong(error.message)} (${error.name})`;
}

function whatIsWrong(message: string): string {
  if (/item size/i.test(message)) return 'an item would be larger than 400 KB';
  if (/key/i.test(message)) return 'a key would be longer than DynamoDB takes, or empty';
  return 'DynamoDB refuses one of its values';
}
