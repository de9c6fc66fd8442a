/**
 * The kinds of value in IGF's answers, and the objects that answers and webhooks carry, with the fields that the bridge
 * reads. Only ids are required; others may be absent or null. Unknown fields are kept, and are unknown to the compiler.
 * A number may come as a text (`"100.00"`). Times are ISO 8601, kept as they came.
 */
import * as z from 'zod/mini';
import { cancelReasons, igfStatuses } from '../../facts/vendor-terms.ts';

// @__NO_SIDE_EFFECTS__
const read = <Input extends z.ZodMiniType, Output>(
  input: Input,
  reading: (value: z.output<Input>) => Output,
): z.ZodMiniType<Output, z.input<Input>> => z.pipe(input, z.transform(reading));

/** A number, or a text of this form, as a number. Anything else is not a number, and the schema after it says so. */
// @__NO_SIDE_EFFECTS__
const numberOf = (form: RegExp) =>
  z.transform((value: unknown): number => {
    if (typeof value === 'string' && form.test(value.trim())) return Number(value);
    return typeof value === 'number' ? value : Number.NaN;
  });

/** The id that makes an answer or an event usable. */
export const id = z.pipe(/* @__PURE__ */ numberOf(/^\d{1,15}$/), z.int().check(z.gte(0)));

export const maybeText = z.nullish(z.string());
export const maybeInteger = z.nullish(id);
const maybeNumber = z.nullish(z.pipe(/* @__PURE__ */ numberOf(/^-?\d+(\.\d+)?$/), z.number()));

/** Longer than every state and reason of IGF. */
const longestWord = 64;

/** The document's spelling of a word, whatever its case; a word that the document does not list as it came. */
// @__NO_SIDE_EFFECTS__
export function maybeOneOf(
  lists: readonly (readonly string[])[],
  otherSpellings: Readonly<Record<string, string>> = {},
) {
  const documented = lists.flat().map((word) => [word.toLowerCase(), word] as const);
  const known = new Map([...documented, ...Object.entries(otherSpellings)]);
  return z.nullish(
    read(z.string(), (text) => {
      // The text may carry the word's description, as in "Labelled - when label is generated".
      const [first = ''] = text.trim().slice(0, longestWord).split(/[\s-]/);
      return known.get(first.toLowerCase()) ?? (first.toWellFormed() || undefined);
    }),
  );
}

/** A state or a cancel reason. */
export const maybeWord = /* @__PURE__ */ maybeOneOf([igfStatuses, cancelReasons], {
  // American spellings of the same words.
  labeled: 'Labelled',
  canceled: 'Cancelled',
  user_canceled: 'USER_CANCELLED',
});

/** An object of which the bridge reads nothing but its id. The document lists its other fields. */
export const Identified = /* @__PURE__ */ z.looseObject({ id });

/** Some titles say "all" while the sample is one object. Both are read as a list. */
// @__NO_SIDE_EFFECTS__
export const listOf = <Item extends z.ZodMiniType>(item: Item) =>
  read(z.union([z.array(item), item]), (answer): z.output<Item>[] =>
    Array.isArray(answer) ? answer : [answer],
  );

/** A listing. It does not carry the webshop order that it was created with. */
export const IgfListing = z.looseObject({
  id,
  sku: maybeText,
  senderId: maybeInteger,
  receiverId: maybeInteger,
  matchingDeadline: maybeText,
  /** The document lists no values; `Available`, `Pending` and `Cancelled` are known. */
  status: maybeWord,
  updatedAt: maybeText,
  originalPrice: maybeNumber,
  returnReasonComment: maybeText,
  sender: z.nullish(z.looseObject({ email: maybeText })),
});
export type IgfListing = z.infer<typeof IgfListing>;

/** The order within a shipment. */
export const OrderOfShipment = z.looseObject({
  id: maybeInteger,
  listingId: maybeInteger,
  returnDeadline: maybeText,
  /** `Matched`, `Labelled`, `Shipped`, `Completed` or `Cancelled`. */
  status: maybeWord,
  updatedAt: maybeText,
  webshopOrderId: maybeText,
  /** `NOT_DELIVERED_BY_CARRIER`, `CUSTOMER_BANNED` or `RETURN_DEADLINE_PASSED`. */
  cancelReason: maybeWord,
  receiverId: maybeInteger,
  senderId: maybeInteger,
});

/** An order: somebody bought a listing. */
export const IgfOrder = z.extend(OrderOfShipment, { id });
export type IgfOrder = z.infer<typeof IgfOrder>;

/** A shipment: the order's article on its way to its receiver. */
export const IgfShipment = z.looseObject({
  id,
  /** `Labelled`, `Shipped`, `Completed` or `Cancelled`. */
  status: maybeWord,
  orderId: maybeInteger,
  updatedAt: maybeText,
  /** The carrier's track number; the label itself, in base64, where a shipment is created. */
  label: maybeText,
  order: z.nullish(OrderOfShipment),
});
export type IgfShipment = z.infer<typeof IgfShipment>;
