import { hash } from 'node:crypto';
import { types } from 'node:util';

/**
 * A text of any data, with maps and errors: the same data gives the same text. It recurses itself, because a replacer of
 * `JSON.stringify` takes several times as long.
 */
export function textOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  if (Array.isArray(value)) return `[${value.map(textOf).join()}]`;
  if (value instanceof Map) {
    return `[${[...value]
      .map(([key, entry]) => `[${textOf(key)},${textOf(entry)}]`)
      .sort()
      .join()}]`;
  }
  if (types.isNativeError(value)) return JSON.stringify(`${value.name}: ${value.message}`);
  if (ArrayBuffer.isView(value)) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${textOf(field)}`).join()}}`;
}

/** Identifies texts. */
export const hashOf = (...texts: readonly string[]): string =>
  hash('sha1', texts.join('\n'), 'hex').slice(0, 20);
