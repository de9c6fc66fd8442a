import type * as z from 'zod/mini';
import type { Fact } from './facts.ts';

/** What an ingest function must know of a webhook: one shape, under one path. */
export interface Webhook<Schema extends z.ZodMiniType = z.ZodMiniType> {
  /** The vendor's name of family, version and event, such as `stock-hub/v1/rma`. */
  readonly name: string;
  /** The path that the sender posts to. */
  readonly path: string;
  /** A tolerant reader of the body: checks at the door, reads in the worker. */
  readonly schema: Schema;
}

/** A webhook of the catalogue: what the worker must know beside its shape. */
export interface CatalogueEntry<Schema extends z.ZodMiniType = z.ZodMiniType> extends Webhook<Schema> {
  /**
   * What a body tells. Parses it first, because a queue is a boundary.
   * @throws z.core.$ZodError when the body does not have the webhook's shape.
   */
  facts(payload: unknown, receivedAt: string): Fact[];
}
