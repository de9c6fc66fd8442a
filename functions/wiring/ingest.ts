import { readFileSync } from 'node:fs';
import { createSecureContext } from 'node:tls';
import { IngestEnvironment, readEnvironment } from '../../lib/config/environment.ts';
import { enqueueTo } from '../../lib/ingest/delivery.ts';
import { type IngestDependencies, ingestHandler } from '../../lib/ingest/ingest-handler.ts';
import { readBody } from '../../lib/ingest/read-body.ts';
import { AwsJsonClient } from '../../lib/runtime/aws-json.ts';
import { errorClass, logWarning } from '../../lib/runtime/log.ts';
import { cachedSecret, readCurrentAndPrevious } from '../../lib/runtime/secret.ts';
import type { Webhook } from '../../lib/webhooks/webhook.ts';

/** Wires one webhook's ingest function: environment and clients once at cold start, then the handler. */
export const ingest = async (webhook: Webhook) =>
  ingestHandler(webhook, await ingestDependencies(() => readExample(webhook)));

/**
 * Init has a whole CPU, and the first request has the function's share of one. So init does what the first request would
 * wait for: it reads the secret, connects to SQS, and does `more`.
 */
export async function ingestDependencies(more: () => void = () => {}): Promise<IngestDependencies> {
  const environment = readEnvironment(IngestEnvironment);
  // Made once, because each takes part of a millisecond.
  const shared = { secureContext: createSecureContext() };
  const secrets = new AwsJsonClient('secretsmanager', process.env, shared);
  const getValue = (input: object) => secrets.call('GetSecretValue', input);
  const sqs = new AwsJsonClient('sqs', process.env, shared);
  const now = () => Date.now();
  const senderKey = cachedSecret(readCurrentAndPrevious(getValue, environment.SENDER_KEY_SECRET_ID), now);
  await Promise.all([
    ahead('reading the secret', () => senderKey.values()),
    ahead('the connection to SQS', () => sqs.open()),
    ahead('reading the example', more),
  ]);
  return {
    senderKey,
    enqueue: enqueueTo(sqs, environment.QUEUE_URL),
    reject: enqueueTo(sqs, environment.REJECTED_QUEUE_URL),
    now,
  };
}

/** What fails ahead of a request breaks nothing: the request does it again. */
async function ahead(what: string, work: () => unknown): Promise<void> {
  try {
    await work();
  } catch (error) {
    logWarning({ step: 'not-prepared', reason: `${what} failed in init`, cause: errorClass(error) });
  }
}

/** Reads the vendor's example of a body, which is beside the code in a bundle. Then the code for it is compiled. */
function readExample(webhook: Webhook): void {
  const body = readFileSync(new URL('example.json', import.meta.url), 'utf8');
  const { versionHeader = 'x-version' } = webhook.authentication;
  readBody(webhook, { headers: { [versionHeader]: '1' }, body, isBase64Encoded: false });
}
