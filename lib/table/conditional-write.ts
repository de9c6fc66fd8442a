import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** @returns the answer of a write, or undefined when its condition did not hold and nothing was written */
export async function conditionalWrite<Answer>(write: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
