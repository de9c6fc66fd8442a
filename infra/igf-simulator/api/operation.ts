import { notFound } from '../errors.ts';
import type { Context } from '../lifecycle/context.ts';
import { readInteger } from '../reading.ts';
import type { Table } from '../store.ts';

/** One call of an operation that passed the check of its key. */
export interface OperationCall extends Context {
  /** Decoded parts of the path, by their name in the operation's template. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The query as it was sent, without "?". IGF distinguishes an encoded comma from a plain one. */
  readonly query: string;
  /** The JSON body; undefined when there is none. */
  readonly body: unknown;
}

/** An operation of the vendor document. */
export interface SimulatedOperation {
  /** Method and path template under the base URL: `PUT /listings/cancel/{listingId}`. */
  readonly name: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;
  /** Status of the answer to a successful call; 204 where the document shows a body for errors only. */
  readonly status: 200 | 201 | 204;
  /** Checks the call, commits synchronously, and returns the body of the answer. @throws Refusal */
  readonly run: (call: OperationCall) => unknown;
}

export function operation(
  name: SimulatedOperation['name'],
  status: SimulatedOperation['status'],
  run: SimulatedOperation['run'],
): SimulatedOperation {
  return { name, status, run };
}

/** A part of the path that the document types as an integer. @throws Refusal 400 */
export function integerParam({ params }: OperationCall, name: string): number {
  return readInteger(name, params[name]);
}

/** The row with this id. A text id that is not a number is unknown. @throws Refusal 404 */
export function rowOf<Row extends { readonly id: number }>(
  table: Table<Row>,
  id: number | string | undefined,
  what: string,
): Row {
  const row = /^\d+$/.test(`${id}`) ? table.find(Number(id)) : undefined;
  if (row === undefined) throw notFound(`${what} ${id}`);
  return row;
}
