import { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';

const refusals = new Set(['ValidationException', 'SerializationException']);

/**
 * Why DynamoDB will never accept this write, or undefined when another attempt may succeed. DynamoDB's own message is
 * not repeated, because it may quote a value.
 */
export function whyUnstorable(error: unknown): string | undefined {
  if (!(error instanceof DynamoDBServiceException) || !refusals.has(error.name)) return undefined;
  return `the table cannot store its content: ${whatIsWrong(error.message)} (${error.name})`;
}

function whatIsWrong(message: string): string {
  if (/item size/i.test(message)) return 'an item would be larger than 400 KB';
  if (/key/i.test(message)) return 'a key would be longer than DynamoDB takes, or empty';
  return 'DynamoDB refuses one of its values';
}
