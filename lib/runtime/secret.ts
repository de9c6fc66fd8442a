import { errorClass } from './log.ts';

/** Reads the values of a secret that are good now. @param previous whether the one before the current is wanted too */
type ReadSecret = (previous: boolean) => Promise<string[]>;

/** Calls `GetSecretValue`. Rejects with an error whose name is AWS's code. */
type GetSecretValue = (input: {
  readonly SecretId: string;
  readonly VersionStage: string;
}) => Promise<unknown>;

/** A stored secret that no header can carry as a key. The message says what to store, and repeats nothing of it. */
class UnusableSecretError extends Error {
  override readonly name = 'UnusableSecretError';
}

/** Why a secret could not be read, in words that may be logged. */
export const whyUnreadable = (error: unknown): string =>
  error instanceof UnusableSecretError ? error.message : errorClass(error);

/** Reads text, text in quotes, or JSON with one text (the console's "key/value pair"). @throws UnusableSecretError */
function textOf(secret: string): string {
  const text = valueIn(secret.trim()).trim();
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  throw new UnusableSecretError('it has characters beyond ASCII: store a key of letters, digits and signs');
}

function valueIn(text: string): string {
  if (!/^[{["]/.test(text)) return text;
  let stored: unknown;
  try {
    stored = JSON.parse(text);
  } catch {
    return text;
  }
  const [value, ...others] = typeof stored === 'string' ? [stored] : Object.values(Object(stored));
  if (others.length === 0 && typeof value === 'string') return value;
  throw new UnusableSecretError('it is JSON without a single text: store the key alone');
}

async function valueAt(getValue: GetSecretValue, secretId: string, stage: string): Promise<string[]> {
  try {
    const { SecretString } = Object(await getValue({ SecretId: secretId, VersionStage: stage }));
    return SecretString ? [textOf(String(SecretString))] : [];
  } catch (error) {
    // No value has this stage (yet): normal before the first value is put, and for AWSPREVIOUS until the first change.
    if (errorClass(error) === 'ResourceNotFoundException') return [];
    // A key that could never be used was replaced.
    if (error instanceof UnusableSecretError && stage === 'AWSPREVIOUS') return [];
    throw error;
  }
}

/** The current and the previous value of a secret: a sender may use either while its key is being changed. */
export function readCurrentAndPrevious(getValue: GetSecretValue, secretId: string): ReadSecret {
  return async (withPrevious) => {
    const [current, previous] = await Promise.all([
      valueAt(getValue, secretId, 'AWSCURRENT'),
      withPrevious ? valueAt(getValue, secretId, 'AWSPREVIOUS') : [],
    ]);
    // Without a current value the secret counts as not configured, whatever it was before.
    return current.length > 0 ? [...current, ...previous] : [];
  };
}

/** The current value alone: our own credential for somebody else's API. */
export const readCurrent =
  (getValue: GetSecretValue, secretId: string): (() => Promise<string[]>) =>
  () =>
    valueAt(getValue, secretId, 'AWSCURRENT');

/** How long a value is used before it is read again: each read is billed. */
export const secretMaxAgeMs = 15 * 60_000;
/** How soon it is read again after a key that does not fit, or without a value: it limits the cost of guessed keys. */
export const secretMinAgeMs = 15_000;

export type CachedSecret = ReturnType<typeof cachedSecret>;

/**
 * Keeps a secret for `secretMaxAgeMs`. A rotation is noticed at the first delivery with the new key, at most
 * `secretMinAgeMs` late, and so is a first value. A failed read is not remembered. The previous value is read from the
 * first key on that does not fit: few environments ever need it, and each read is billed.
 */
export function cachedSecret(read: ReadSecret, now: () => number) {
  let known: { values: string[]; readAt: number } | undefined;
  let reading: Promise<string[]> | undefined;
  let knowsPrevious = false;

  const readAgain = async (withPrevious: boolean): Promise<string[]> => {
    try {
      const values = await read(withPrevious);
      knowsPrevious = withPrevious;
      known = { values, readAt: now() };
      return values;
    } finally {
      reading = undefined;
    }
  };
  const refresh = (): Promise<string[]> => {
    reading ??= readAgain(knowsPrevious);
    return reading;
  };

  return {
    /** @param mayBeStale the last values did not fit: read again, unless that was done a moment ago. */
    values: async (mayBeStale = false): Promise<string[]> => {
      if (mayBeStale && !knowsPrevious) return readAgain(true);
      if (!known) return refresh();
      const maxAge = mayBeStale || known.values.length === 0 ? secretMinAgeMs : secretMaxAgeMs;
      return now() - known.readAt < maxAge ? known.values : refresh();
    },
  };
}
