import * as z from 'zod/mini';
import { orderCancelReasons, orderStatuses, shipmentStatuses } from './enums.ts';

/** How the simulator answers where the vendor document leaves a choice. */
export const SimulatorSettings = z.strictObject({
  /**
   * Whether statuses and cancel reasons have their description, as in "Labelled - when label is generated". `true`:
   * those of shipments and orders. `false`: none. Otherwise those of shipments only, as in the document's samples.
   */
  enumDescriptions: z._default(z.union([z.boolean(), z.literal('samples')]), 'samples'),
  /** How statuses and cancel reasons are written: as in the document, in another case, or as `Canceled`. */
  words: z._default(z.enum(['document', 'lower', 'upper', 'american']), 'document'),
  /** Whether `GET /listings/all` compares an order number with the text of the query, without decoding it. */
  rawOrderNumbers: z._default(z.boolean(), false),
  /** The length of a label in webhooks and answers, where it is a picture in base64 and no code. */
  labelPicture: z.optional(z.int().check(z.minimum(1), z.maximum(5_000_000))),
});
export type SimulatorSettings = z.infer<typeof SimulatorSettings>;

export const initialSettings = z.parse(SimulatorSettings, {});

/** Other spellings of the document's words. Nothing says that IGF keeps to its document's case. */
const spellings: Record<SimulatorSettings['words'], (word: string) => string> = {
  document: (word) => word,
  lower: (word) => word.toLowerCase(),
  upper: (word) => word.toUpperCase(),
  american: (word) => word.replace(/^Cancelled$/, 'Canceled').replace(/^Labelled$/, 'Labeled'),
};

/** The statuses and cancel reasons of answers and webhooks, as the settings want them written. */
export function shownWords({ words, enumDescriptions }: SimulatorSettings) {
  const spell = spellings[words];
  const shown =
    <Word extends string>(descriptions: Record<Word, string>, isDescribed: boolean) =>
    (word: Word) =>
      isDescribed ? `${spell(word)} - ${descriptions[word]}` : spell(word);
  return {
    word: spell,
    orderStatus: shown(orderStatuses, enumDescriptions === true),
    cancelReason: shown(orderCancelReasons, enumDescriptions === true),
    shipmentStatus: shown(shipmentStatuses, enumDescriptions !== false),
  };
}
