import { createHash } from 'node:crypto';
import { type ReturnReason, type RmaStatus, returnReasons, rmaStatuses } from '../facts/vendor-terms.ts';
import { comparableText } from './comparable-text.ts';
import {
  conditionTexts,
  reasonTexts,
  rejectionTexts,
  resolutionTexts,
  spellings,
  type Texts,
} from './known-texts.ts';

/** The reasons with which an article can't go to another customer. */
export const unforwardableReasons: ReadonlySet<ReturnReason> = new Set([
  'broken',
  'other_bad_condition',
  'wrong_item',
]);

/** The possible meanings of a text, by its field. */
export const meanings = {
  reason: returnReasons,
  condition: ['good', 'bad'],
  resolution: ['refund', 'other'],
  status: rmaStatuses,
} as const;

/** The fields whose texts are free, or may be others than the vendor documents. */
export const textFields = ['reason', 'condition', 'resolution', 'status'] as const;
export type TextField = (typeof textFields)[number];

/** The fields of an article whose texts are free. */
export type ArticleTextField = Exclude<TextField, 'status'>;

export type Meaning<Field extends TextField> = (typeof meanings)[Field][number];

/** A text of a return, in the form of `termOf`, and its field. */
export interface Term {
  field: TextField;
  text: string;
}

/** Texts in their compared form, and their meaning. */
type Known<Field extends TextField> = ReadonlyMap<string, Meaning<Field>>;

/**
 * The mappings of operators, by `termOf`. They only add to the built-in texts, which always win. So a
 * decision with only built-in texts is the same with and without them.
 */
export type TermMappings = { readonly [Field in TextField]: Known<Field> };

/** No mappings, so only the built-in texts are known. */
export const builtInOnly: TermMappings = {
  reason: new Map(),
  condition: new Map(),
  resolution: new Map(),
  status: new Map(),
};

/** The vendors' own words mean themselves, also when they are written `Too small` or `Processed closed`. */
const words = <Word extends string>(list: readonly Word[]): [string, Word][] =>
  list.map((word) => [comparableText(word), word]);

const texts = <Meant extends string>(table: Readonly<Partial<Record<Meant, Texts>>>): [string, Meant][] =>
  (Object.entries(table) as [Meant, Texts][]).flatMap(([meaning, entry]) =>
    spellings(entry).map((text): [string, Meant] => [comparableText(text), meaning]),
  );

const builtIn: TermMappings = {
  reason: new Map([...texts(reasonTexts), ...words(returnReasons)]),
  condition: new Map(texts(conditionTexts)),
  resolution: new Map(texts(resolutionTexts)),
  status: new Map(words(rmaStatuses)),
};

const rejections: ReadonlySet<string> = new Set(spellings(rejectionTexts).map(comparableText));

/** In characters. A text becomes part of keys in the table, whose length is limited. */
const longestText = 200;

/** A long text in its form below, as an operator copies it from a list. */
const shortened = new RegExp(`^.{${longestText}}… [0-9a-f]{12}$`, 'u');

/** The form of a text under which it is noted and mapped. Its length is limited. */
export function termOf(text: string): string {
  if (shortened.test(text)) return text;
  const characters = [...comparableText(text).toWellFormed()];
  if (characters.length <= longestText) return characters.join('');
  const digest = createHash('sha256').update(characters.join('')).digest('hex').slice(0, 12);
  return `${characters.slice(0, longestText).join('')}… ${digest}`;
}

/** The meaning of a text. An empty one, or one of punctuation alone, has the meaning `absent`. */
function read<Field extends TextField>(
  field: Field,
  text: string | undefined,
  mapped: TermMappings,
  absent?: Meaning<Field>,
): Meaning<Field> | undefined {
  const compared = comparableText(text ?? '');
  if (compared === '') return absent;
  const known: Known<Field> = builtIn[field];
  return known.get(compared) ?? mapped[field].get(termOf(compared));
}

/** IGF's reason for a Winkelstraat text; `undefined` for an unknown text. An empty text is `no_reason`. */
export const readReason = (text: string | undefined, mapped = builtInOnly): ReturnReason | undefined =>
  read('reason', text, mapped, 'no_reason');

/**
 * Whether the customer wants the money back. An empty text counts as a refund, the usual purpose of a return.
 */
export const readResolution = (
  text: string | undefined,
  mapped = builtInOnly,
): 'refund' | 'other' | undefined => read('resolution', text, mapped, 'refund');

/**
 * The article's condition, from the customer's text. An empty text counts as good, because nobody has
 * complained.
 */
export const readCondition = (text: string | undefined, mapped = builtInOnly): 'good' | 'bad' | undefined =>
  read('condition', text, mapped, 'good');

/** One of Winkelstraat's statuses for a text in a status field; `undefined` for an unknown text. */
export const readStatus = (text: string | undefined, mapped = builtInOnly): RmaStatus | undefined =>
  read('status', text, mapped);

/** What a merchant's resolution says about the refund. An empty text says nothing. */
export function readMerchantResolution(
  text: string | undefined,
  mapped = builtInOnly,
): 'refund' | 'not-refund' | 'unknown' {
  if (rejections.has(comparableText(text ?? ''))) return 'not-refund';
  const meaning = read('resolution', text, mapped);
  return meaning === 'other' ? 'not-refund' : (meaning ?? 'unknown');
}

/** The meaning of a text in any of the fields. */
export const meaningOf = (field: TextField, text: string): Meaning<TextField> | undefined =>
  ({ reason: readReason, condition: readCondition, resolution: readResolution, status: readStatus })[field](
    text,
  );

/** True when the text is one of IGF's own reasons, so that repeating it as a comment would add nothing. */
export const isIgfReason = (text: string | undefined): boolean =>
  text !== undefined && (returnReasons as readonly string[]).includes(text);

/** Reasons that say that the customer got more than was ordered. Perhaps the customer was never charged for it. */
const excessLabels: ReadonlySet<string> = new Set([
  'meer bezorgd dan besteld',
  'meer geleverd dan besteld',
  'more delivered than ordered',
  'mehr geliefert als bestellt',
  'plus livré que commandé',
]);

/** Whether a return reason says that the article was delivered in excess. */
export const deliveredInExcess = (text: string | undefined): boolean =>
  text !== undefined && excessLabels.has(comparableText(text));
