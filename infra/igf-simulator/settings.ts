import * as z from 'zod/mini';

/** How the simulator answers where the vendor document leaves a choice. */
export const Settings = z.strictObject({
  /**
   * Whether statuses and cancel reasons carry their description, as in "Labelled - when label is generated": those of
   * shipments and orders (true), of neither (false), or of shipments only, as the document's samples show it.
   */
  enumDescriptions: z._default(z.union([z.boolean(), z.literal('samples')]), 'samples'),
});
export type Settings = z.infer<typeof Settings>;

export const firstSettings: Settings = { enumDescriptions: 'samples' };
