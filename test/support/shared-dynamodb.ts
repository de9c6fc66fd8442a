import { startDynamoDb } from '../../infra/local/dynamodb.ts';
import type { LocalServer } from '../../infra/local/listen.ts';
import { readEngine } from '../../infra/local/options.ts';

/** Where jest's workers find the DynamoDB Local that all test files share. */
export const sharedDynamoDbUrl = 'SHARED_DYNAMODB_URL';

let server: LocalServer | undefined;

/**
 * Run by jest before all tests: with `DYNAMODB=local` one Java serves every test file, for a cold one in each would take
 * most of the time.
 * @throws UsageError for another value, and Error when no Java is found that can run it: each one line
 */
export default async function start(): Promise<void> {
  if (readEngine(process.env.DYNAMODB) === 'dynalite') return;
  const { signal } = new AbortController();
  const hooks = { signal, onUnexpectedExit: (error: Error) => console.error(error) };
  server = await startDynamoDb({ engine: 'dynamodb-local', port: 0 }, hooks);
  process.env[sharedDynamoDbUrl] = server.url;
}

/** Run by jest after all tests. */
export const stop = async (): Promise<void> => server?.[Symbol.asyncDispose]();
