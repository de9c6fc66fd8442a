/** A text of the vendor's, and its meaning by the design. `undefined`: no meaning is known. */
export interface KnownText<Meaning> {
  readonly text: string | null;
  readonly means: Meaning | undefined;
}

/** The return reasons of IGF that are used here. */
export type TextReason =
  | 'too_small'
  | 'too_big'
  | 'color'
  | 'not_what_expected'
  | 'changed_my_mind'
  | 'other_good_condition'
  | 'no_reason'
  | 'broken'
  | 'wrong_item'
  | 'other_bad_condition';

type List<Meaning> = readonly [KnownText<Meaning>, ...KnownText<Meaning>[]];

export const goodReasons: List<TextReason> = [
  { text: 'Te klein', means: 'too_small' },
  { text: 'te groot', means: 'too_big' },
  { text: 'too_big', means: 'too_big' },
  { text: 'kleur valt tegen', means: 'color' },
  { text: 'Voldoet niet aan verwachting', means: 'not_what_expected' },
  { text: 'bedacht', means: 'changed_my_mind' },
  { text: 'Niet meer nodig', means: 'changed_my_mind' },
  { text: 'Meer bezorgd dan besteld', means: 'other_good_condition' },
  { text: 'no_reason', means: 'no_reason' },
  { text: '', means: 'no_reason' },
  { text: null, means: 'no_reason' },
];
export const badReasons: List<TextReason> = [
  { text: 'broken', means: 'broken' },
  { text: 'Defect', means: 'broken' },
  { text: 'beschadigd', means: 'broken' },
  { text: 'Verkeerd artikel', means: 'wrong_item' },
  { text: 'other_bad_condition', means: 'other_bad_condition' },
];
export const unknownReasons: List<TextReason> = [
  { text: 'mouwen te wijd', means: undefined },
  { text: 'Ruikt vreemd 🤔', means: undefined },
];

export type TextCondition = 'good' | 'bad';
export const goodConditions: List<TextCondition> = [
  { text: null, means: 'good' },
  { text: '', means: 'good' },
  { text: 'Als nieuw', means: 'good' },
];
export const badConditions: List<TextCondition> = [
  { text: 'beschadigd', means: 'bad' },
  { text: 'damaged', means: 'bad' },
];
export const unknownConditions: List<TextCondition> = [{ text: 'een beetje stoffig', means: undefined }];

export type TextResolution = 'refund' | 'other';
export const refunds: List<TextResolution> = [
  { text: 'refund', means: 'refund' },
  { text: 'Terugbetalen', means: 'refund' },
  { text: null, means: 'refund' },
];
export const otherResolutions: List<TextResolution> = [
  { text: 'exchange', means: 'other' },
  { text: 'Ruilen', means: 'other' },
];
export const unknownResolutions: List<TextResolution> = [{ text: 'doe maar iets', means: undefined }];

const read =
  <Meaning>(...lists: readonly (readonly KnownText<Meaning>[])[]) =>
  (text: unknown): Meaning | undefined =>
    lists.flat().find((known) => known.text === (text ?? null))?.means;

/** The meaning of a text of a scenario, where it is known. */
export const knownMeaning = {
  reason: read(goodReasons, badReasons, unknownReasons),
  condition: read(goodConditions, badConditions, unknownConditions),
  resolution: read(refunds, otherResolutions, unknownResolutions),
};
