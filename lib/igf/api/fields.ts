/** The kinds of value in requests and answers. */
import * as z from 'zod/mini';

/*
 * Answers are read tolerantly: only ids are required, everything else may be absent or null, unknown fields are kept,
 * and a number may come as a text (`"100.00"`).
 */

// @__NO_SIDE_EFFECTS__
const read = <Input extends z.ZodMiniType, Output>(
  input: Input,
  reading: (value: z.output<Input>) => Output,
): z.ZodMiniType<Output, z.input<Input>> => z.pipe(input, z.transform(reading));

/** The id that makes an answer usable. */
export const id = /* @__PURE__ */ read(z.union([z.int(), z.string().check(z.regex(/^\d{1,15}$/))]), Number);

export const maybeText = z.nullish(z.string());
export const maybeInteger = z.nullish(id);
export const maybeNumber = z.nullish(
  /* @__PURE__ */ read(z.union([z.number(), z.string().check(z.regex(/^-?\d+(\.\d+)?$/))]), Number),
);
export const maybeBoolean = z.nullish(z.boolean());
/** ISO 8601 as the document says, kept as it came. */
export const maybeDateTime = maybeText;

const firstWord = (value: string): string => value.trim().split(/[\s-]/)[0] ?? '';

/** A text whose first word is its value: it may carry its description ("Labelled - when label is generated"). */
export const maybeWord = z.nullish(/* @__PURE__ */ read(z.string(), firstWord));

/** One of the words that the document lists, or a word that it does not know yet. */
// @__NO_SIDE_EFFECTS__
export const maybeOneOf = <const Word extends string>(...words: Word[]) =>
  z.nullish(read(z.union([z.enum(words), z.string()]), (value) => firstWord(value) as Word | (string & {})));

/** Some titles say "all" while the sample is one object. Both are read as a list. */
// @__NO_SIDE_EFFECTS__
export const listOf = <Item extends z.ZodMiniType>(item: Item) =>
  read(z.union([z.array(item), item]), (answer): z.output<Item>[] =>
    Array.isArray(answer) ? answer : [answer],
  );

/** The document has no answer for this operation, so any answer is accepted. */
export const anything = z.unknown();

/* Requests are strict: they may only have the fields that the document names. */

/** A required text. An empty one would be another operation where it is part of a path. */
export const requiredText = z.string().check(z.minLength(1));

/** Roughly an email address: IGF checks the rest. */
export const email = z.email({ pattern: /^[^\s@]+@[^\s@]+$/ });

/** ISO 3166-1 alpha-2, such as `NL`. */
export const country = z.string().check(z.regex(/^[A-Z]{2}$/));

/** ISO 8601 with its offset, such as `2024-05-11T12:00:00Z`. */
export const isoDateTime = z.iso.datetime({ offset: true });

/** A text in a path. A dot or two would be read as another path. */
export const pathText = z.string().check(z.minLength(1), z.regex(/^(?!\.{1,2}$)/));

/** An id that the document types as a text, while every answer shows it as an integer. */
export const idOrText = z.union([z.int32(), pathText]);
