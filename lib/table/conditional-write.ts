import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/**
 * @param write starts the write: a promise that is made earlier would reject unseen when the caller does not get to await it
 * @returns the answer of the write, or undefined when its condition did not hold and nothing was written
 */
export async function conditionalWrite<Answer>(write: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
