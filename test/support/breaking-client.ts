import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from './world.ts';

export interface Break {
  /** Before the call was sent, or after it was done, when only its answer is lost. */
  readonly when: 'before' | 'after';
  /** So many calls that are meant fail, the first ones; 1 unless told otherwise. */
  readonly times?: number;
  /** What the call waits for before it fails. */
  readonly hold?: () => Promise<void>;
}

export interface BreakingClient extends DynamoDBDocumentClient {
  /** Whether a call has failed. */
  hasBroken(): boolean;
}

/**
 * A client of the table, the first calls of which that a test means fail.
 * @param means is asked with each call's input and number, from 1
 */
export function breakingClient(
  endpoint: string,
  means: (input: unknown, nth: number) => boolean,
  { when, times = 1, hold = async () => {} }: Break,
): BreakingClient {
  const client = documentClient(endpoint);
  let calls = 0;
  let left = times;
  client.middlewareStack.add(
    (next) => async (args) => {
      calls += 1;
      if (left === 0 || !means(args.input, calls)) return next(args);
      left -= 1;
      await hold();
      if (when === 'after') await next(args);
      throw Object.assign(new Error('the connection broke'), { name: 'TimeoutError' });
    },
    { step: 'initialize', name: 'breaking' },
  );
  return Object.assign(client, { hasBroken: () => left < times });
}
