import * as z from 'zod/mini';

/** Requests are strict: what the document says, and nothing that it does not name. */

/** A required text. An empty one says nothing, and in a path it would name another operation. */
export const text = z.string().check(z.minLength(1));

/** An address of somebody: IGF judges the rest. */
export const email = z.email({ pattern: /^[^\s@]+@[^\s@]+$/ });

/** ISO 3166-1 alpha-2, such as `NL`. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/));

/** ISO 8601 with its offset, such as `2024-05-11T12:00:00Z`. */
export const dateTime = z.iso.datetime({ offset: true });

/** A text in a path. A dot or two would be read as another path. */
export const pathText = z.string().check(z.minLength(1), z.regex(/^(?!\.{1,2}$)/));

/** An id that the document types as a text, while every answer shows it as an integer. */
export const idOrText = z.union([z.int32(), pathText]);
