import * as z from 'zod/mini';
import { orderCancelReasons, orderStatuses, shipmentStatuses } from './enums.ts';

/** A field that may be absent, with what `GET /_simulator` says of it. */
export const optional = <Schema extends z.ZodMiniType>(schema: Schema, description: string) =>
  z.optional(schema).check(z.describe(description));

/** How the simulator answers where the vendor document leaves a choice. */
export const SimulatorSettings = z.strictObject({
  enumDescriptions: z
    ._default(z.union([z.boolean(), z.literal('samples')]), 'samples')
    .check(
      z.describe(
        'whether statuses have their description, as in "Labelled - when label is generated". true: those of ' +
          'shipments and orders. false: none. samples: those of shipments only',
      ),
    ),
  words: z
    ._default(z.enum(['document', 'lower', 'upper', 'american']), 'document')
    .check(z.describe('how statuses and cancel reasons are written: american is Canceled')),
  rawOrderNumbers: z
    ._default(z.boolean(), false)
    .check(z.describe('whether GET /listings/all compares order numbers without decoding its query')),
  labelPicture: optional(
    z.int().check(z.minimum(1), z.maximum(5_000_000)),
    'the length of a label in webhooks and answers, as a picture in base64 in place of a code',
  ),
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
