import * as z from 'zod/mini';
import type { ListingRow, OrderRow, ShipmentRow, Store } from '../store.ts';

/** How the simulator answers where the vendor document leaves a choice. */
export const SimulatorSettings = z.strictObject({
  /**
   * Whether statuses and cancel reasons carry their description, as in "Labelled - when label is generated":
   * those of shipments and orders (true), of neither (false), or of shipments only, as in the document's
   * samples.
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

/** An event that has a webhook, with the row that its payload shows. */
export type WebhookEvent =
  | { readonly eventType: 'ADD_LISTING' | 'UPDATE_LISTING' | 'RETURN_CANCELED'; readonly listing: ListingRow }
  | { readonly eventType: 'RETURN_DEADLINE_PASSED'; readonly order: OrderRow }
  | { readonly eventType: 'LABELED' | 'SHIPPED' | 'COMPLETED'; readonly shipment: ShipmentRow }
  | { readonly eventType: 'REFUND'; readonly shipments: readonly ShipmentRow[] };

/** What a change at IGF needs: the state, the time, and a way to send webhooks. */
export interface Context {
  readonly store: Store;
  /** ISO UTC. */
  readonly now: string;
  readonly settings: SimulatorSettings;
  /** Sends a webhook to the subscriber of the event type, if there is one. Never waits for the delivery. */
  readonly send: (event: WebhookEvent) => void;
}

const dayMs = 24 * 60 * 60 * 1000;

/** @returns ISO UTC. */
export function daysFromNow({ now }: Context, days: number): string {
  return new Date(Date.parse(now) + days * dayMs).toISOString();
}
