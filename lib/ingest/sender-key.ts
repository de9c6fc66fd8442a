import { hash, timingSafeEqual } from 'node:crypto';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { logAlarm } from '../runtime/log.ts';
import { type CachedSecret, whyUnreadable } from '../runtime/secret.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { notNow, Problem } from './answers.ts';

const digest = (value: string) => hash('sha256', value, 'buffer');

/** Compares in constant time, whatever the lengths: it compares with every value, also after one fits. */
function isOneOf(key: string, values: readonly string[]): boolean {
  const given = digest(key);
  return values.map((value) => timingSafeEqual(given, digest(value))).includes(true);
}

async function readValues(secret: CachedSecret, mayBeStale: boolean): Promise<string[]> {
  try {
    const values = (await secret.values(mayBeStale)).filter((value) => value !== '');
    if (values.length === 0)
      logAlarm('secret-unreadable', { reason: "the secret of the sender's key has no value" });
    return values;
  } catch (cause) {
    logAlarm('secret-unreadable', { reason: `the sender's key can't be read (${whyUnreadable(cause)})` });
    return [];
  }
}

/** Compares a key with the sender's secret, which is read again when the key does not fit: it may have changed. */
export async function checkKey(
  key: string | undefined,
  secret: CachedSecret,
): Promise<'right' | 'wrong' | 'no-secret'> {
  const values = await readValues(secret, false);
  if (values.length > 0 && key && isOneOf(key, values)) return 'right';
  const fresh = key && values.length > 0 ? await readValues(secret, true) : values;
  if (fresh.length === 0) return 'no-secret';
  return key && isOneOf(key, fresh) ? 'right' : 'wrong';
}

/**
 * Accepts a delivery only with the shared secret. Fails closed: without a readable secret, nobody is accepted.
 * @throws Problem 401 without or with a wrong key, 503 when there is no secret to compare with
 */
export async function checkSenderKey(
  { authentication: { credentialOf, location }, name }: Webhook,
  event: APIGatewayProxyEventV2,
  secret: CachedSecret,
): Promise<void> {
  const key = credentialOf(event);
  const checked = await checkKey(key, secret);
  if (checked === 'right') return;
  if (checked === 'no-secret') {
    throw notNow('Not ready', 'The bridge cannot read the key of this sender now. Deliver it again later.');
  }
  // A stranger shows no key. A key that does not fit was probably changed or mistyped on one side.
  if (key) logAlarm('wrong-key', { webhook: name, reason: 'the key is not the one in the secret' });
  throw new Problem(401, 'Unauthorized', `Send the shared secret in ${location}.`);
}
