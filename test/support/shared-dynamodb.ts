import { startDynamoDbLocal } from '../../infra/local/dynamodb-local.ts';
import { host } from '../../infra/local/listen.ts';
import { readCommandLine } from '../../infra/local/options.ts';

/** Where jest's workers find the DynamoDB Local that all test files share. */
export const sharedDynamoDbUrl = 'SHARED_DYNAMODB_URL';

let close = async (): Promise<void> => {};

/**
 * Run by jest before all tests: with `DYNAMODB=local` one Java serves every test file, for a cold one in each would take
 * most of the time.
 * @throws WrongOption in one line for another value, and where no Java is found that can run it
 */
export default async function start(): Promise<void> {
  const { dynamodb } = readCommandLine([], { DYNAMODB: process.env.DYNAMODB });
  if (dynamodb === 'dynalite') return;
  const lifeline = { signal: new AbortController().signal, onDeath: (error: Error) => console.error(error) };
  const server = await startDynamoDbLocal(0, lifeline);
  close = server.close;
  process.env[sharedDynamoDbUrl] = `http://${host}:${server.port}`;
}

/** Run by jest after all tests. */
export const stop = (): Promise<void> => close();
