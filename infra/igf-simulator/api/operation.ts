import * as z from 'zod/mini';
import { invalid, type Refusal, type WrongField } from '../errors.ts';
import type { Context } from '../lifecycle/forwarding.ts';

/** One call of an operation that passed the check of its key. */
export interface OperationCall extends Context {
  /** Decoded parts of the path, by their name in the operation's template. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The query as it was sent, without "?". IGF distinguishes an encoded comma from a plain one. */
  readonly query: string;
  /** The JSON body; undefined when there is none. */
  readonly body: unknown;
}

/**
 * Operations of the vendor document by method and path template below the base URL. The status is of a successful call:
 * 204 where the document shows a body for errors only. The function commits synchronously, or throws a Refusal.
 */
export type Operations = Readonly<
  Record<
    `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`,
    readonly [status: 200 | 201 | 204, run: (call: OperationCall) => unknown]
  >
>;

/** A part of the path that the document types as an integer. @throws Refusal 400 */
export function integerParam({ params }: OperationCall, name: string): number {
  return readInteger(name, params[name]);
}

const english = z.locales.en().localeError;

/** @returns the JSON in a body's text; undefined when the body is empty. */
export function parseBody(text: unknown): unknown {
  if (!text) return undefined;
  try {
    return JSON.parse(String(text));
  } catch {
    throw invalid([{ path: 'body', message: 'must be JSON' }]);
  }
}

/** Checks `value` against `schema`. One refusal names every wrong field. */
export function read<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
  refusal: (fields: readonly WrongField[]) => Refusal = invalid,
): z.infer<Schema> {
  const result = z.safeParse(schema, value, {
    // zod/mini has no texts of its own, and a global locale would reach other users of zod in this process.
    error: (issue) => (issue.input === undefined ? 'is required' : english(issue)),
  });
  if (result.success) return result.data;
  throw refusal(
    result.error.issues.map(({ path, message }) => ({ path: path.join('.') || 'body', message })),
  );
}

/** An int32 of the path or query, written in digits only. */
export function readInteger(name: string, text: string | undefined): number {
  const value = Number(text);
  if (text === undefined || !/^\d{1,10}$/.test(text) || value > 2_147_483_647) {
    throw invalid([{ path: name, message: 'must be an integer (int32)' }]);
  }
  return value;
}

/** A list of int32 in the query, such as `ids=1,2`, if it is there. IGF refuses an encoded comma. */
export function readIntegers(name: string, query: string): number[] | undefined {
  const given = query.split('&').filter((pair) => pair.startsWith(`${name}=`));
  const [list] = given;
  if (list === undefined) return undefined;
  if (given.length > 1) throw invalid([{ path: name, message: 'must be one comma-separated list' }]);
  const texts = list.slice(name.length + 1).split(',');
  if (texts.some((text) => /%2c/i.test(text))) {
    throw invalid([{ path: name, message: 'must be separated by plain commas, not by %2C' }]);
  }
  return texts.map((text) => readInteger(name, text));
}
