import { hash } from 'node:crypto';
import { types } from 'node:util';

/** A text of any data, with maps and errors: the same data gives the same text. */
export const textOf = (value: unknown): string =>
  JSON.stringify(value, (_key, entry) => {
    if (types.isMap(entry))
      return [...entry].sort(([one], [other]) => (String(one) < String(other) ? -1 : 1));
    return types.isNativeError(entry) ? `${entry.name}: ${entry.message}` : entry;
  }) ?? 'undefined';

/** Identifies texts. */
export const hashOf = (...texts: readonly string[]): string =>
  hash('sha1', texts.join('\n'), 'hex').slice(0, 20);
