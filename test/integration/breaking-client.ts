import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from './world.ts';

export interface Break {
  /** Before the call was sent, or after it was done, when only its answer is lost. */
  readonly when: 'before' | 'after';
  /** What the call waits for before it fails. */
  readonly hold?: () => Promise<void>;
}

/**
 * A client of the table, one call of which fails: the first that a test means.
 * @param means is asked with each call's input and number, from 1
 */
export function breakingClient(
  endpoint: string,
  means: (input: unknown, nth: number) => boolean,
  { when, hold = async () => {} }: Break,
): DynamoDBDocumentClient {
  const client = documentClient(endpoint);
  let calls = 0;
  let broken = false;
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      if (broken || !means(args.input, calls)) return next(args);
      broken = true;
      await hold();
      if (when === 'after') await next(args);
      throw Object.assign(new Error('the connection broke'), { name: 'TimeoutError' });
    },
    { step: 'initialize', name: 'breaking' },
  );
  return client;
}
