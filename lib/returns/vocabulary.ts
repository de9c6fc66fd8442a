import { createHash } from 'node:crypto';
import type { ReturnReason } from '../facts/vendor-terms.ts';
import { returnReasons } from '../facts/vendor-terms.ts';

/**
 * The built-in texts. Winkelstraat's texts are free, but IGF's list is closed, and a wrong guess would offer
 * damaged goods to the next customer. So any text that is neither here nor mapped by an operator is unknown.
 * Texts are compared in lower case, with single spaces and without punctuation at their end.
 */

/** The return reasons of IGF's `POST /listings`. */
export const igfReasons = returnReasons;
export type IgfReason = ReturnReason;

/** The reasons with which an article can't go to another customer. */
export const unforwardableReasons: ReadonlySet<IgfReason> = new Set([
  'broken',
  'other_bad_condition',
  'wrong_item',
]);

const reasonLabels: Record<IgfReason, readonly string[]> = {
  color: [
    'kleur',
    'andere kleur',
    'verkeerde kleur',
    'kleur valt tegen',
    'kleur wijkt af',
    'colour',
    'wrong color',
    'wrong colour',
  ],
  too_small: [
    'te klein',
    'maat te klein',
    'valt te klein',
    'valt klein',
    'too small',
    'too tight',
    'te strak',
  ],
  too_big: ['te groot', 'maat te groot', 'valt te groot', 'valt groot', 'too big', 'too large'],
  broken: [
    'defect',
    'beschadigd',
    'kapot',
    'stuk',
    'product is beschadigd',
    'damaged',
    'faulty',
    'defective',
  ],
  style: ['stijl', 'model', 'pasvorm', 'style', 'fit'],
  not_what_expected: [
    'voldoet niet aan verwachting',
    'voldoet niet aan verwachtingen',
    'voldoet niet aan de verwachting',
    'voldoet niet aan de verwachtingen',
    'niet wat ik verwachtte',
    'niet zoals verwacht',
    'not what expected',
    'not what i expected',
    'not as expected',
  ],
  changed_my_mind: ['bedacht', 'niet meer nodig', 'ik heb me bedacht', 'changed my mind', 'no longer needed'],
  other_good_condition: ['meer bezorgd dan besteld', 'more delivered than ordered'],
  other_bad_condition: [],
  no_reason: ['geen reden', 'geen opgave', 'no reason'],
  wrong_item: [
    'verkeerd artikel',
    'verkeerd product',
    'verkeerd artikel ontvangen',
    'wrong item',
    'wrong item received',
    'wrong article',
    'wrong product',
  ],
};

const resolutionLabels = {
  refund: ['refund', 'terugbetalen', 'terugbetaling', 'geld terug', 'money back'],
  other: [
    'exchange',
    'ruilen',
    'omruilen',
    'omruiling',
    'replacement',
    'vervangen',
    'vervanging',
    'repair',
    'repareren',
    'reparatie',
    'store credit',
    'tegoed',
    'tegoedbon',
    'voucher',
  ],
} as const;

const conditionLabels = {
  good: [
    'good',
    'goed',
    'good condition',
    'in goede staat',
    'goede staat',
    'new',
    'nieuw',
    'as new',
    'als nieuw',
    'zo goed als nieuw',
    'unopened',
    'ongeopend',
    'unworn',
    'ongedragen',
    'unused',
    'ongebruikt',
    'undamaged',
    'onbeschadigd',
    'original condition',
    'originele staat',
  ],
  bad: [
    'bad',
    'slecht',
    'bad condition',
    'slechte staat',
    'damaged',
    'beschadigd',
    'broken',
    'kapot',
    'defect',
    'defective',
    'worn',
    'gedragen',
    'used',
    'gebruikt',
    'dirty',
    'vuil',
    'stained',
    'vlekken',
    'incomplete',
    'incompleet',
  ],
} as const;

const punctuation = ' .!,;:';

/** A regular expression would backtrack on a long run of dots. */
function withoutPunctuationAtEnd(value: string): string {
  let end = value.length;
  while (end > 0 && punctuation.includes(value.charAt(end - 1))) end -= 1;
  return value.slice(0, end);
}

/** The form in which texts are compared. */
export const normalise = (value: string): string =>
  withoutPunctuationAtEnd(value.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim());

function index<Meaning extends string>(
  labels: Record<Meaning, readonly string[]>,
): ReadonlyMap<string, Meaning> {
  const entries = (Object.entries(labels) as [Meaning, readonly string[]][]).flatMap(([meaning, texts]) =>
    texts.map((known): [string, Meaning] => [known, meaning]),
  );
  return new Map(entries);
}

const reasons = new Map([
  ...index(reasonLabels),
  ...igfReasons.map((reason): [string, IgfReason] => [reason, reason]),
]);
const resolutions = index(resolutionLabels);
const conditions = index(conditionLabels);

/** The possible meanings of a text, by its field. */
export const meanings = {
  reason: igfReasons,
  condition: ['good', 'bad'],
  resolution: ['refund', 'other'],
} as const;

/** The fields whose texts are free. */
export type TextField = keyof typeof meanings;

export type Meaning<Field extends TextField> = (typeof meanings)[Field][number];

/** A text of a return, in the form of `termOf`, and its field. */
export interface Term {
  field: TextField;
  text: string;
}

/**
 * The mappings of operators, by `termOf`. They only add to the built-in texts, which always win. So a
 * decision with only built-in texts is the same with and without them.
 */
export type TermMappings = { readonly [Field in TextField]: ReadonlyMap<string, Meaning<Field>> };

/** No mappings, so only the built-in texts are known. */
export const builtInOnly: TermMappings = { reason: new Map(), condition: new Map(), resolution: new Map() };

/** In characters. A text becomes part of keys in the table, whose length is limited. */
const longestText = 200;

/** The form of a text under which it is noted and mapped. Its length is limited. */
export function termOf(text: string): string {
  const characters = [...normalise(text).toWellFormed()];
  if (characters.length <= longestText) return characters.join('');
  const digest = createHash('sha256').update(characters.join('')).digest('hex').slice(0, 12);
  return `${characters.slice(0, longestText).join('')}… ${digest}`;
}

/** IGF's reason for a Winkelstraat text; `undefined` for an unknown text. An empty text is `no_reason`. */
export const readReason = (text: string | undefined, mapped = builtInOnly): IgfReason | undefined =>
  text ? (reasons.get(normalise(text)) ?? mapped.reason.get(termOf(text))) : 'no_reason';

/**
 * Whether the customer wants the money back. An empty text counts as a refund, the usual purpose of a return.
 */
export const readResolution = (
  text: string | undefined,
  mapped = builtInOnly,
): 'refund' | 'other' | undefined =>
  text ? (resolutions.get(normalise(text)) ?? mapped.resolution.get(termOf(text))) : 'refund';

/**
 * The article's condition, from the customer's text. An empty text counts as good, because nobody has
 * complained.
 */
export const readCondition = (text: string | undefined, mapped = builtInOnly): 'good' | 'bad' | undefined =>
  text ? (conditions.get(normalise(text)) ?? mapped.condition.get(termOf(text))) : 'good';

/** The meaning of a text in any of the fields. */
export function meaningOf(
  field: TextField,
  text: string,
  mapped = builtInOnly,
): Meaning<TextField> | undefined {
  switch (field) {
    case 'reason':
      return readReason(text, mapped);
    case 'condition':
      return readCondition(text, mapped);
    case 'resolution':
      return readResolution(text, mapped);
  }
}

/** True when the text is one of IGF's own reasons, so that repeating it as a comment would add nothing. */
export const isIgfReason = (text: string | undefined): boolean =>
  text !== undefined && (igfReasons as readonly string[]).includes(text);

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
  text !== undefined && excessLabels.has(normalise(text));
