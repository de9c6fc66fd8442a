import { notFound } from './errors.ts';
import type { Call } from './operation.ts';
import { readInteger } from './reading.ts';
import type { Table } from './table.ts';

/** The row whose id the path names, where the document types it as an integer: 400 when it is none, 404 when it is unknown. */
export function rowOf<Row extends { readonly id: number }>(
  table: Table<Row>,
  { params }: Call,
  name: string,
  what: string,
): Row {
  const id = readInteger(name, params[name]);
  const row = table.find(id);
  if (row === undefined) throw notFound(`${what} ${id}`);
  return row;
}

/** The same where the document types the id as a string: any text that no row has is unknown. */
export function rowOfText<Row extends { readonly id: number }>(
  table: Table<Row>,
  { params }: Call,
  name: string,
  what: string,
): Row {
  const text = params[name] ?? '';
  const row = /^\d+$/.test(text) ? table.find(Number(text)) : undefined;
  if (row === undefined) throw notFound(`${what} ${text}`);
  return row;
}
