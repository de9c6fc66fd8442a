/** The values of a secret that are good at this moment: the current one and, during a rotation, the previous one. */
export type ReadSecret = () => Promise<string[]>;

/** How long a value read from the store is used without asking again, in milliseconds. */
export const secretMaxAgeMs = 5 * 60_000;
/**
 * How soon a key that does not fit, or a secret without a value, may make us ask again, in milliseconds: bounds what a
 * guesser can cost.
 */
export const secretMinAgeMs = 15_000;

export interface CachedSecret {
  /** @param mayBeStale the last answer did not fit: ask again if it is not quite fresh. */
  values(mayBeStale?: boolean): Promise<string[]>;
}

/**
 * Keeps a secret for `secretMaxAgeMs`, so that a webhook costs no call for it. A rotation is noticed at the first
 * delivery with the new key, at most `secretMinAgeMs` late, and so is a first value. A failed read is not remembered.
 */
export function cachedSecret(read: ReadSecret, now: () => number): CachedSecret {
  let known: { values: string[]; readAt: number } | undefined;
  let reading: Promise<string[]> | undefined;

  const refresh = (): Promise<string[]> => {
    reading ??= read()
      .then((values) => {
        known = { values, readAt: now() };
        return values;
      })
      .finally(() => {
        reading = undefined;
      });
    return reading;
  };

  return {
    values: async (mayBeStale = false) => {
      if (!known) return refresh();
      const maxAge = mayBeStale || known.values.length === 0 ? secretMinAgeMs : secretMaxAgeMs;
      return now() - known.readAt < maxAge ? known.values : refresh();
    },
  };
}
