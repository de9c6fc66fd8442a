import { createHash, timingSafeEqual } from 'node:crypto';
import { errorClass, logError } from '../runtime/log.ts';
import type { CachedSecret } from '../runtime/secret.ts';
import { notNow, Problem } from './answers.ts';

const digest = (value: string) => createHash('sha256').update(value).digest();

/** Compares in constant time, whatever the lengths: it compares with every value, also after one fits. */
function isOneOf(key: string, values: readonly string[]): boolean {
  const given = digest(key);
  return values.map((value) => timingSafeEqual(given, digest(value))).includes(true);
}

async function readValues(secret: CachedSecret, mayBeStale: boolean): Promise<string[]> {
  try {
    return (await secret.values(mayBeStale)).filter((value) => value !== '');
  } catch (cause) {
    logError({ step: 'secret-unreadable', reason: errorClass(cause) });
    return [];
  }
}

/**
 * Accepts a delivery only with the shared secret. Fails closed: while there is no readable secret, nobody is accepted.
 * @throws Problem 401 without or with a wrong key, 503 when there is no secret to compare with.
 */
export async function checkSenderKey(
  key: string | undefined,
  location: string,
  secret: CachedSecret,
): Promise<void> {
  const values = await readValues(secret, false);
  if (values.length > 0 && key && isOneOf(key, values)) return;
  const fresh = key && values.length > 0 ? await readValues(secret, true) : values;
  if (fresh.length === 0) {
    throw notNow('Not ready', 'This endpoint has no readable sender key yet. Deliver again later.');
  }
  if (key && isOneOf(key, fresh)) return;
  throw new Problem(401, 'Unauthorized', `Send the shared secret in ${location}.`);
}
