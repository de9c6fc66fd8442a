import * as z from 'zod/mini';
import { Closing, Opening } from '../facts/facts.ts';
import { IgfState } from './igf-state.ts';

/** The life of a return item. Forward only; what happens at the merchant and at IGF moves it. */
export const returnStates = [
  'Requested',
  'AwaitingShipment',
  'NeedsMapping',
  'NotForwardable',
  'Listing',
  'Listed',
  'Matched',
  'Labelled',
  'Shipped',
  'Completed',
  'Settled',
  'Unmatched',
  'Cancelling',
  'Cancelled',
  'DeadlinePassed',
  'Closed',
] as const;
export type ReturnState = (typeof returnStates)[number];

const optionalText = z.optional(z.string());
const optionalNumber = z.optional(z.number());

/**
 * A call to IGF that was begun and whose outcome is not stored yet, and the claim of the attempt that makes it. Until
 * the claim ends nobody else acts on the return. Afterwards the outcome is unknown: the next attempt checks at IGF first.
 */
const PendingCall = z.object({
  operation: z.enum(['list', 'cancel', 'deliver', 'regular-return', 'place', 'confirm', 'withdraw']),
  /** Identifies the content of the call without repeating it. */
  request: z.string(),
  token: z.string(),
  /** When the claim ends, ISO 8601 UTC. */
  until: z.string(),
});
export type PendingCall = z.infer<typeof PendingCall>;

/** A call that IGF refused for good. It is not made again until its content changes or its message is redriven. */
const Refusal = z.object({
  /** The event whose message was parked for it. */
  eventId: z.string(),
  /** When that message was put on the queue, by the queue's clock. ISO 8601 UTC. */
  enqueuedAt: z.optional(z.string()),
  /** ISO 8601 UTC. */
  at: z.string(),
  /** Identifies the content of the refused call. */
  request: z.string(),
  reason: z.string(),
});

/**
 * A shipment at Winkelstraat that concerns a forwarding: it belongs to the order of the article's buyer, or it carries the
 * label of the forwarding itself. It seldom belongs to the order of the return.
 */
export const RelatedShipment = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  track: z.string(),
  delivered: z.boolean(),
  /** The latest date of the shipment as it was reported, ISO 8601 UTC. */
  at: z.string(),
});
export type RelatedShipment = z.infer<typeof RelatedShipment>;

/**
 * A shipment of another order that a listed article could serve in the warehouse's place, and how far that got. A unit
 * of the shipment is reserved and released under `token`, so that no attempt releases what another one reserved.
 */
export const Match = z.object({
  /** The buyer's order and its shipment, at Winkelstraat. */
  orderId: z.string(),
  shipmentId: z.string(),
  token: z.string(),
  phase: z.enum([
    /** A unit of the shipment may be reserved. */
    'requested',
    /** A unit of the shipment is reserved; nothing is ordered. */
    'reserved',
    /** The order is being placed at IGF, or its outcome is unknown. */
    'ordering',
    /** The order is placed at IGF, and is to be confirmed or rejected. */
    'committed',
    'confirmed',
    /** Nothing is ordered (any more); the unit is to be given back. */
    'releasing',
  ]),
  igfOrderId: z.optional(z.number()),
  /** The shipment can not wait (any more): it is collected, say. */
  unwanted: z.optional(z.boolean()),
  /** IGF would not have it: the two are not matched again. */
  refused: z.optional(z.boolean()),
});
export type Match = z.infer<typeof Match>;

/** How a shipment is named on a return that can not serve it. */
export const shipmentName = ({ orderId, shipmentId }: { orderId: string; shipmentId: string }): string =>
  `${orderId}/${shipmentId}`;

/** One article that comes back: what is known of it, and the state that it is in. */
export const ReturnItem = z.object({
  orderId: z.string(),
  rmaId: z.string(),
  itemId: z.string(),
  family: z.enum(['stock-hub', 'push-api']),
  /** Counts every write, and is the condition of the next one. */
  rev: z.number(),
  /** The furthest status that opening webhooks reported and, within one rank, the newest of each field. */
  opening: z.optional(Opening),
  /** The newest that `rma-item` webhooks reported, by `updatedAt`. */
  closing: z.optional(Closing),
  state: z.enum(returnStates),
  /** The reason of the last decision, a sentence. */
  why: z.string(),
  /** The rule that decided it, by its name in `lib/decide/rules.ts`. */
  rule: optionalText,
  /** What a human must look at, a sentence. */
  attention: optionalText,
  /** Since when `attention` asks the same, ISO 8601 UTC. */
  attentionSince: optionalText,
  /** The `attention` of the last notice. */
  notifiedOf: optionalText,
  /** An attempt is publishing a notice of `attention`. Until then, ISO 8601 UTC, no other attempt does. */
  noticeLease: z.optional(z.object({ attention: z.string(), until: z.string() })),
  refundDue: z.optional(z.boolean()),
  /** The unknown text that it waits for, in the form of `termOf`. */
  unmappedTerm: z.optional(
    z.object({ field: z.enum(['reason', 'condition', 'resolution']), text: z.string() }),
  ),
  /** What the last call to list it named: how to find the listing at IGF when the answer was lost. */
  listedAs: z.optional(z.object({ webshopOrderId: z.string(), sku: z.string(), email: z.string() })),
  /** IGF's answer whether it could forward this listing. */
  forwardability: z.optional(z.object({ request: z.string(), status: z.string() })),
  listingId: optionalNumber,
  /** What IGF reported of the listing, its order and its shipment. */
  igf: z.optional(IgfState),
  /** When IGF last reported anything of it, or was polled, ISO 8601 UTC. */
  lastUpdateAt: optionalText,
  igfOrderId: optionalNumber,
  igfShipmentId: optionalNumber,
  /** Its regular return at IGF. */
  regularReturn: z.optional(z.object({ id: z.number() })),
  /** Shipments at Winkelstraat that concern the forwarding. */
  relatedShipments: z.optional(z.array(RelatedShipment)),
  /** The shipment at IGF that the bridge has set delivered. */
  setDelivered: optionalNumber,
  /** The shipment of another order that its article could serve, or serves. */
  match: z.optional(Match),
  /** Shipments that it can not serve, as `shipmentName` calls them: IGF would not have it. */
  declinedShipments: z.optional(z.array(z.string())),
  pendingCall: z.optional(PendingCall),
  refusal: z.optional(Refusal),
});
export type ReturnItem = z.infer<typeof ReturnItem>;

/** How a return is named in logs, in IGF's comment and by people. */
export const returnId = ({ rmaId, itemId }: Pick<ReturnItem, 'rmaId' | 'itemId'>): string =>
  `${rmaId}/${itemId}`;

/**
 * The mark that ties a listing at IGF to its return: IGF has no idempotency key, and its answers do not carry the
 * webshop's order, but they do carry `returnReasonComment`.
 */
export const listingMark = ({ rmaId, itemId }: Pick<ReturnItem, 'rmaId' | 'itemId'>): string =>
  `[${escaped(rmaId)}/${escaped(itemId)}]`;

/** Characters that delimit the mark are escaped, so that no two returns share a mark. */
const escaped = (id: string): string => id.replace(/[%/[\]]/g, encodeURIComponent);
