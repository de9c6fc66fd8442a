import { createHash } from 'node:crypto';
import { type ReturnReason, returnReasons, rmaStatuses } from '../facts/vendor-terms.ts';
/**
 * The built-in texts and what they mean (`docs/vocabulary.md`). Winkelstraat's are free, IGF's list is closed, and a
 * wrong guess would offer damaged goods: any other text is unknown until an operator maps it. `verwachting(en)` stands
 * for both spellings. No text means `other_bad_condition` for certain, and those of `ambiguousReason` may mean that
 * something wrong was delivered, or nothing at all.
 */
import knownTexts from './known-texts.json' with { type: 'json' };

/** Apostrophes and brackets join: `j’attendais` is `jattendais`, and `verwachting(en)` is `verwachtingen`. */
const joining = /['’‘ʼ′`"“”„()[\]]/g;

/** Every other punctuation mark separates words: `niet-zoals-verwacht`. */
const separating = /[\p{P}\s]+/gu;

/** The form in which texts are compared: no case, accents, punctuation or superfluous spaces. `ß` is `ss`. */
export const comparableText = (text: string): string =>
  text
    .replaceAll('´', "'")
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(joining, '')
    .replace(separating, ' ')
    .replace(/[ßẞ]/g, 'ss')
    .toLowerCase()
    .trim();

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

export const articleTextFields = ['reason', 'condition', 'resolution'] as const;
export type ArticleTextField = (typeof articleTextFields)[number];

/** The fields whose texts are free, or may be others than the vendor documents. */
export const textFields = [...articleTextFields, 'status'] as const;
export type TextField = (typeof textFields)[number];

export type Meaning<Field extends TextField> = (typeof meanings)[Field][number];

/** A text of a return, in the form of `termOf`, and its field. */
export interface Term {
  field: TextField;
  text: string;
}

/** The mappings of operators: meanings by field and `termOf`. They only add to the built-in texts, which always win. */
export type TermMappings = { readonly [Field in TextField]: ReadonlyMap<string, Meaning<Field>> };

export const builtInOnly: TermMappings = {
  reason: new Map(),
  condition: new Map(),
  resolution: new Map(),
  status: new Map(),
};

/** Texts by language, separated by commas. */
type Texts = Readonly<Record<string, string>>;

/** The texts of an entry in their compared form; `verwachting(en)` gives `verwachting` and `verwachtingen`. */
const spellings = (entry: Texts): string[] =>
  Object.values(entry)
    .flatMap((list) => list.split(', '))
    .flatMap((text) => (text.includes('(') ? [text.replace(/\(.*\)/, ''), text] : [text]))
    .map(comparableText);

const texts = <Meant extends string>(table: Readonly<Record<Meant, Texts>>): [string, Meant][] =>
  (Object.entries(table) as [Meant, Texts][]).flatMap(([meaning, entry]) =>
    spellings(entry).map((text): [string, Meant] => [text, meaning]),
  );

/** The vendors' own words mean themselves, also when they are written `Too small` or `Processed closed`. */
const words = <Word extends string>(list: readonly Word[]): [string, Word][] =>
  list.map((word) => [comparableText(word), word]);

const builtIn: TermMappings = {
  reason: new Map([...texts(knownTexts.reason), ...words(returnReasons)]),
  condition: new Map(texts(knownTexts.condition)),
  resolution: new Map(texts(knownTexts.resolution)),
  status: new Map(words(rmaStatuses)),
};

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

/** The meanings of an empty text: most returns are for a refund, and nobody complained about the condition. */
const absent: { readonly [Field in TextField]: Meaning<Field> | undefined } = {
  reason: 'no_reason',
  condition: 'good',
  resolution: 'refund',
  status: undefined,
};

/** The meaning of a text in its field; `undefined` for an unknown text. */
export function meaningOf<Field extends TextField>(
  field: Field,
  text: string | undefined,
  mapped = builtInOnly,
): Meaning<Field> | undefined {
  const compared = comparableText(text ?? '');
  if (compared === '') return absent[field];
  const known: TermMappings[Field] = builtIn[field];
  return known.get(compared) ?? mapped[field].get(termOf(compared));
}

/** The texts with which a merchant refuses a refund. In a customer's resolution they are unknown. */
const rejections: ReadonlySet<string> = new Set(spellings(knownTexts.rejection));

/** What a merchant's resolution says about the refund. An empty text says nothing. */
export function readMerchantResolution(text = '', mapped = builtInOnly): 'refund' | 'not-refund' | 'unknown' {
  const compared = comparableText(text);
  if (rejections.has(compared)) return 'not-refund';
  const meaning = compared === '' ? undefined : meaningOf('resolution', text, mapped);
  return meaning === 'other' ? 'not-refund' : (meaning ?? 'unknown');
}

/** True when the text is one of IGF's own reasons, so that repeating it as a comment would add nothing. */
export const isIgfReason = (text: string | undefined): boolean =>
  text !== undefined && (returnReasons as readonly string[]).includes(text);

/** Whether a return reason says that the customer got more than was ordered, and was perhaps never charged for it. */
export const deliveredInExcess = (text = ''): boolean =>
  knownTexts.deliveredInExcess.map(comparableText).includes(comparableText(text));
