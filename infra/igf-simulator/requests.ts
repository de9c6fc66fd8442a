import * as z from 'zod/mini';
import { Carrier, WebhookEventType } from './enums.ts';

/*
 * The bodies of requests whose fields the simulator keeps: the rows of the store have the same. A field that a schema
 * does not name is ignored.
 */

/** A text that is not empty. */
export const textField = z.string().check(z.minLength(1));

const maybeText = z.optional(z.string());

/** A country, in the customer's address and in the retailer's list. */
const CountryCode = z
  .string()
  .check(z.regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 alpha-2 code such as "NL"'));

/**
 * The vendor document leaves this object collapsed. The simulator requires every part that a shipping label
 * needs, under the names that IGF's own shop module sends (`houseNr`, not `houseNumber`).
 */
export const AddressBody = z.object({
  street: textField,
  houseNr: textField,
  city: textField,
  postalCode: textField,
  country: CountryCode,
});

/** The customer in the body of other operations. */
export const CustomerBody = z.object({
  email: z.email(),
  lastName: textField,
  firstName: maybeText,
  phone: maybeText,
  username: maybeText,
  language: maybeText,
  customerStatus: z.optional(z.int32()),
  address: AddressBody,
});
export type CustomerBody = z.infer<typeof CustomerBody>;

/** Body of "Create a new listing". */
export const ListingBody = z.object({
  sku: textField,
  productId: textField,
  listingWebshopOrderId: textField,
  returnReason: z.enum([
    'color',
    'too_small',
    'too_big',
    'broken',
    'style',
    'not_what_expected',
    'changed_my_mind',
    'other_good_condition',
    'other_bad_condition',
    'no_reason',
    'wrong_item',
  ]),
  returnReasonComment: maybeText,
  originalPrice: z.number(),
  /** IGF forwards single items, as its public pages say: its orders have no quantity. */
  quantity: z.optional(
    z.int32().check(z.minimum(1), z.maximum(1, 'must be 1: a listing is of a single item')),
  ),
  maxQuantity: z.optional(z.int32().check(z.minimum(1))),
  customer: CustomerBody,
});

/** Body of "Creates an order" and "Commits an order". */
export const OrderBody = z.object({
  listingId: z.int32(),
  webshopOrderId: maybeText,
  webshopOrderItemId: maybeText,
  carrierName: z.optional(Carrier),
  customer: CustomerBody,
});
export type OrderBody = z.infer<typeof OrderBody>;

/** Body of "Create a new warehouse" and "Update warehouse". */
export const WarehouseBody = z.object({
  name: textField,
  address: maybeText,
  postalCode: textField,
  city: textField,
  countryCode: textField,
  houseNumber: textField,
  street: textField,
  type: maybeText,
  responsibleEmployeeLastname: maybeText,
  responsibleEmployeeFirstname: maybeText,
  responsibleEmployeeEmail: z.optional(z.email()),
});

/** Body of "Subscribe to a webhook". */
export const SubscriptionBody = z.object({
  eventType: WebhookEventType,
  url: z.url({ protocol: /^https?$/ }),
});

/** Body of "Creates a new carrier contract". */
export const ContractBody = z.object({ data: z.record(z.string(), z.unknown()), name: Carrier });

const text = z.exactOptional(z.string());
const texts = z.exactOptional(z.array(z.string()));
/** In days. */
const period = z.exactOptional(z.int32().check(z.minimum(0)));

/** Body of "Update a retailer": an absent field stays as it is. */
export const RetailerBody = z.object({
  name: text,
  /** How long a listing waits for a buyer. */
  matchingPeriod: period,
  /** How long the sender has to hand in the article once it is bought. */
  handinPeriod: period,
  whitelist: texts,
  blacklist: texts,
  bannedEmails: texts,
  packageReceivedLink: text,
  returnCancelledLink: text,
  returnDeadlineLink: text,
  matchMadeLink: text,
  matchDeadlineLink: text,
  forwardRegisteredLink: text,
  fromEmail: text,
  discountsEnabled: z.exactOptional(z.boolean()),
  averageSavingsKilometers: z.exactOptional(z.number()),
  postmarkApiKey: text,
  countries: z.exactOptional(z.array(CountryCode)),
});
