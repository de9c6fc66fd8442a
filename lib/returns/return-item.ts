/** What the table stores of a return. Times are ISO 8601 UTC. */
import * as z from 'zod/mini';
import { Closing, Opening } from '../facts/facts.ts';
import { IgfState } from './igf-state.ts';
import { textFields } from './vocabulary.ts';

/** The states of a return item. A return moves only forward, by events at the merchant and at IGF. */
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
const optionalFlag = z.optional(z.boolean());
const optionalTexts = z.optional(z.array(z.string()));

/**
 * A call to IGF without a stored outcome, and the claim of the attempt that makes it. Nobody else acts on the return
 * until the claim ends. Then the outcome is unknown, and the next attempt checks at IGF first.
 */
const PendingCall = z.object({
  operation: z.enum(['list', 'cancel', 'deliver', 'regular-return', 'place', 'confirm', 'withdraw']),
  /** Identifies the content of the call without repeating it. */
  request: z.string(),
  token: z.string(),
  until: z.string(),
});
export type PendingCall = z.infer<typeof PendingCall>;

/** A call that IGF refused permanently. It is not made again until its content changes or its message is redriven. */
const Refusal = z.object({
  /** The event whose message was parked because of the refusal. */
  eventId: z.string(),
  /** When that message was put on the queue, by the queue's clock. */
  enqueuedAt: optionalText,
  at: z.string(),
  /** Identifies the content of the refused call. */
  request: z.string(),
  reason: z.string(),
  /** What a person must do about it, a sentence. */
  attention: optionalText,
});

/** A shipment at Winkelstraat, of the order of the article's buyer, or with the label of the forwarding. */
export const RelatedShipment = z.object({
  orderId: z.string(),
  shipmentId: z.string(),
  track: z.string(),
  delivered: z.boolean(),
  /** The latest date that was reported of the shipment. */
  at: z.string(),
  /** The number by which IGF knows its order, where that is another one (policy `webshopOrderId`). */
  webshopOrderId: optionalText,
  /** Its track came before its items, and they turned out to be other articles. */
  otherArticle: optionalFlag,
});
export type RelatedShipment = z.infer<typeof RelatedShipment>;

/**
 * A shipment of another order that a listed article could serve instead of the warehouse. Its unit is reserved and
 * released under `token`, so that no attempt releases another attempt's reservation.
 */
export const Match = z.object({
  /** The buyer's order and shipment at Winkelstraat. */
  orderId: z.string(),
  shipmentId: z.string(),
  /** The number by which IGF knows the order, where that is another one (policy `webshopOrderId`). */
  webshopOrderId: optionalText,
  token: z.string(),
  phase: z.enum([
    /** A unit of the shipment may be reserved. */
    'requested',
    /** A unit of the shipment is reserved; nothing is ordered. */
    'reserved',
    /** The order is being placed at IGF, or the outcome of that call is unknown. */
    'ordering',
    /** The order is placed at IGF, and must be confirmed or rejected. */
    'committed',
    'confirmed',
    /** Nothing is ordered (any more), and the unit must be released. */
    'releasing',
  ]),
  igfOrderId: optionalNumber,
  /** The shipment cannot wait (any more); for example, it was collected. */
  unwanted: optionalFlag,
  /** IGF refused the order, so the bridge does not match these two again. */
  refused: optionalFlag,
});
export type Match = z.infer<typeof Match>;

const StoredOpening = z.extend(Opening, {
  /** When a status was last reported that Winkelstraat documents. */
  statusAt: optionalText,
  /** When `unknownStatus` was last reported. */
  unknownStatusAt: optionalText,
});
export type StoredOpening = z.infer<typeof StoredOpening>;

const ReportedTexts = z.object({
  reason: optionalTexts,
  condition: optionalTexts,
  resolution: optionalTexts,
});
export type ReportedTexts = z.infer<typeof ReportedTexts>;

/** Values of the last call to list a return. */
const ListedAs = z.object({
  webshopOrderId: z.string(),
  sku: z.string(),
  email: z.string(),
  reason: optionalText,
  price: optionalNumber,
  /** Identifies the sender's address without repeating it. */
  sender: optionalText,
});

/** A listing that the bridge cancelled because a fact changed. Reports about it change nothing any more. */
const EarlierListing = z.object({
  listingId: z.number(),
  igfOrderId: optionalNumber,
  igfShipmentId: optionalNumber,
});
export type EarlierListing = z.infer<typeof EarlierListing>;

/** A task of a person, by the rule that names it, with the amount that it is about (EUR). */
export const Task = z.object({ task: z.string(), amount: z.optional(z.number()) });
export type Task = z.infer<typeof Task>;

/** A person did a task. The task is asked again only with another amount. */
export const Answer = z.extend(Task, { note: z.string(), by: z.string(), at: z.string() });
export type Answer = z.infer<typeof Answer>;

/** What a return may wait for without an end; `awaited` says it in words. */
const WaitKind = z.enum([
  'shipment',
  'units',
  'status',
  'decided-in-part',
  'delivery',
  'track',
  'other-return',
]);
export type WaitKind = z.infer<typeof WaitKind>;

/** The name of a shipment in a return's `declinedShipments`. */
export const shipmentName = ({ orderId, shipmentId }: { orderId: string; shipmentId: string }): string =>
  `${orderId}/${shipmentId}`;

/** One article that comes back: its facts and its state. */
export const ReturnItem = z.object({
  orderId: z.string(),
  rmaId: z.string(),
  itemId: z.string(),
  family: z.enum(['stock-hub', 'push-api']),
  /** Counts the writes. Each write is conditional on it. */
  rev: z.number(),
  firstReportedAt: optionalText,
  /** The status of highest rank that opening webhooks reported and, within one rank, the newest value of each field. */
  opening: z.optional(StoredOpening),
  /** The newest report of an `rma-item` webhook, by `updatedAt`. */
  closing: z.optional(Closing),
  state: z.enum(returnStates),
  why: z.string(),
  /** The rule of the last decision, by its name in `lib/decide/rules.ts`. */
  rule: optionalText,
  /** Its last decisions, oldest first: `<ISO 8601 UTC> <state> <rule>`. A repeated one is there once. */
  decisions: optionalTexts,
  /** What people must do: a text for each of `tasks`. */
  attention: optionalText,
  /** Since when a person is needed for one of `tasks`, without an interruption. */
  attentionSince: optionalText,
  /** The tasks that `attention` names, in its order. */
  tasks: z.optional(z.array(Task)),
  answers: z.optional(z.array(Answer)),
  /**
   * One that rules out another customer counts for good, because an RMA has no time of change, and an older body may
   * come last. After an operator's release only later reports count.
   */
  texts: z.optional(ReportedTexts),
  release: z.optional(z.object({ at: z.string(), by: z.string() })),
  waits: z.optional(WaitKind),
  /** Since when it waits without an interruption. */
  waitingSince: optionalText,
  /** The last decision was only observed: policy `mode=observe` kept a call to IGF back. */
  observedOnly: optionalFlag,
  /** The tasks that notices were sent of, as long as they are open. */
  notifiedOf: z.optional(z.array(Task)),
  /** An attempt is publishing a notice of these tasks. Until `until`, no other attempt publishes it. */
  noticeLease: z.optional(z.object({ tasks: z.array(Task), until: z.string() })),
  refundDue: optionalFlag,
  /** The unmapped term that it waits for, in the form of `termOf`. */
  unmappedTerm: z.optional(z.object({ field: z.enum(textFields), text: z.string() })),
  /** Values of the last call to list it. They find the listing at IGF when the answer was lost. */
  listedAs: z.optional(ListedAs),
  /** IGF's answer to the check whether it can forward this listing. */
  forwardability: z.optional(z.object({ request: z.string(), status: z.string() })),
  listingId: optionalNumber,
  /** Its listings before the present one, oldest first. */
  earlierListings: z.optional(z.array(EarlierListing)),
  igf: z.optional(IgfState),
  /** The version of the listing for which its orders were read at IGF, by `listingVersion`. */
  ordersReadOf: optionalText,
  /** When IGF last reported about it or was polled. */
  lastUpdateAt: optionalText,
  igfOrderId: optionalNumber,
  igfShipmentId: optionalNumber,
  regularReturn: z.optional(z.object({ id: z.number() })),
  relatedShipments: z.optional(z.array(RelatedShipment)),
  /** The shipment at IGF that the bridge has set delivered. */
  setDelivered: optionalNumber,
  /** The shipment of another order that its article could serve, or serves. */
  match: z.optional(Match),
  /** Shipments that it cannot serve because IGF refused the order, by `shipmentName`. */
  declinedShipments: optionalTexts,
  /** The skeleton that was written last, by `skeletonMark`. */
  skeleton: optionalText,
  /** Its personal data is deleted, so it is not listed any more. */
  stripped: optionalFlag,
  pendingCall: z.optional(PendingCall),
  refusal: z.optional(Refusal),
});
export type ReturnItem = z.infer<typeof ReturnItem>;

/** The name of a return in logs, in IGF's comment and for people. */
export const returnId = ({ rmaId, itemId }: Pick<ReturnItem, 'rmaId' | 'itemId'>): string =>
  `${rmaId}/${itemId}`;
