import type * as z from 'zod/mini';
import type { Fact } from '../facts/facts.ts';

/** What of an HTTP request a door looks at. Header names are lower case. */
export interface Request {
  headers: Record<string, string | undefined>;
  pathParameters?: Record<string, string | undefined> | undefined;
}

/** How a sender shows who it is, and which version of the webhook it sends. */
export interface SenderAuthentication {
  /** The secret that the request shows, if any. */
  shown(request: Request): string | undefined;
  /** Where it belongs, to be said to who showed none or a wrong one. */
  readonly place: string;
  /** The header that names the version of the webhook, where the sender is documented to send one. */
  readonly versionHeader?: string;
}

/** What an ingest function must know of a webhook: one shape, under one path, behind one door. */
export interface Webhook<Schema extends z.ZodMiniType = z.ZodMiniType> {
  /** The vendor's name of family, version and event, such as `stock-hub/v1/rma`. */
  readonly name: string;
  /** The path that the sender posts to. */
  readonly path: string;
  readonly authentication: SenderAuthentication;
  /** A tolerant reader of the body: checks at the door, reads in the worker. */
  readonly schema: Schema;
  /** The body as it may be kept: without what is not ours to keep. */
  withoutForeignData?(payload: unknown): unknown;
}

/** A webhook of the catalogue: what the worker must know beside its shape. */
export interface CatalogueEntry<Schema extends z.ZodMiniType = z.ZodMiniType> extends Webhook<Schema> {
  /**
   * What a body tells. Parses it first, because a queue is a boundary.
   * @throws z.core.$ZodError when the body does not have the webhook's shape.
   */
  facts(payload: unknown, receivedAt: string): Fact[];
}
