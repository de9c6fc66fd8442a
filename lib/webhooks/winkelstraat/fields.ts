/**
 * The kinds of value in Winkelstraat's documents, as tolerant readers. A field that the document calls a string may be
 * null or absent, unless the bridge cannot work without it. A number may arrive as text where the meaning is clear.
 */
import * as z from 'zod/mini';
import { fitsInKey } from '../../config/limits.ts';
import { rmaStatuses, shipmentStatuses } from '../../facts/vendor-terms.ts';
import { isoUtc } from '../fields.ts';

const absentWhenNull = <T>(value: T | null | undefined): T | undefined => value ?? undefined;

/** A field that may be null or absent; read as `undefined` then. */
export function optional<Schema extends z.ZodMiniType>(schema: Schema) {
  return z.pipe(z.nullish(schema), z.transform(absentWhenNull<z.infer<Schema>>));
}

/** Text, trimmed. An empty one counts as absent. Half an emoji at a cut is replaced, because no store accepts it. */
export const text = z.pipe(
  z.string('must be text'),
  z.transform((value) => value.trim().toWellFormed() || undefined),
);

/** Identifiers become part of a table key, so their length is limited. Some webhooks send them as numbers. */
export const identifier = z.pipe(
  z.pipe(
    z.union([z.string(), z.int()], 'must be an identifier (text or a whole number)'),
    z.transform((value) => String(value).trim().toWellFormed()),
  ),
  z
    .string()
    .check(
      z.minLength(1, 'must not be empty'),
      z.maxLength(200, 'must be at most 200 characters'),
      z.refine(fitsInKey, { error: 'must be shorter: it has characters that take several bytes in a key' }),
    ),
);

/** Text without white space around it. A pattern must not match that itself: on a long text it takes minutes. */
const trimmed = z.string().check(z.trim());

/** The range of the decimal text below. A number beyond it is a mistake, and the table cannot store it. */
const plainNumber = z
  .number()
  .check(z.refine((value) => value === 0 || (Math.abs(value) < 1e15 && Math.abs(value) >= 1e-10)));

/** An amount or count, as a number or as its decimal text ("271.00"). An empty text counts as absent. */
export const amount = z.union(
  [
    plainNumber,
    z.pipe(
      trimmed.check(z.regex(/^(-?\d{1,15}(\.\d{1,10})?)?$/)),
      z.transform((value) => (value === '' ? undefined : Number(value))),
    ),
  ],
  'must be a number',
);

/** Whole units of an article. */
export const quantity = z.union(
  [
    z.int(),
    z.pipe(
      trimmed.check(z.regex(/^(\d{1,9}(\.0+)?)?$/)),
      z.transform((value) => (value === '' ? undefined : Number(value))),
    ),
  ],
  'must be a whole number',
);

/** A point in time, normalised to ISO 8601 UTC. An empty text counts as absent. */
export const dateTime = z.pipe(
  z
    .string('must be a date')
    .check(
      z.refine(
        (value) => value.trim() === '' || isoUtc(value) !== undefined,
        'must be a date: ISO 8601 or YYYY-MM-DD HH:mm:ss',
      ),
    ),
  z.transform((value) => isoUtc(value)),
);

/** One of the allowed texts, in whatever case it was sent. */
// @__NO_SIDE_EFFECTS__
const statusText = <const Status extends string>(
  allowed: readonly Status[],
  normalise: (value: string) => string,
): z.ZodMiniType<Status, unknown> =>
  z.pipe(
    z.transform((value: unknown) => (typeof value === 'string' ? normalise(value.trim()) : value)),
    z.enum(allowed) as unknown as z.ZodMiniType<Status, unknown>,
  );

export const rmaStatus = statusText(rmaStatuses, (value) => value.toLowerCase());
export const shipmentStatus = statusText(shipmentStatuses, (value) => value.toUpperCase());
