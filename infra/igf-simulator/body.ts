import { invalid } from './errors.ts';

/** The JSON that a body's text holds; undefined when the body is empty. */
export function jsonOf(text: unknown): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(String(text));
  } catch {
    throw invalid([{ path: 'body', message: 'must be JSON' }]);
  }
}

/** For the record: the JSON, or the bare text when it is none; null when the body is empty. */
export function jsonOrText(text: unknown): unknown {
  try {
    return jsonOf(text) ?? null;
  } catch {
    return text;
  }
}
