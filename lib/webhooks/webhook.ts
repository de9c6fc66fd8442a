import type * as z from 'zod/mini';
import type { Fact } from '../facts/facts.ts';

/** The parts of an HTTP request that authenticate its sender. Header names are lower case. */
interface AuthenticatedRequest {
  headers: Record<string, string | undefined>;
  pathParameters?: Record<string, string | undefined> | undefined;
}

/** How a sender proves who it is, and which version of the webhook it sends. */
export interface SenderAuthentication {
  /** The shared secret that the request carries, if any. */
  credentialOf(request: AuthenticatedRequest): string | undefined;
  /** Where the secret belongs, for the answer to a request that has none or a wrong one. */
  readonly location: string;
  /** The header with the version of the webhook, where the sender's document has one. */
  readonly versionHeader?: string;
}

/** A webhook: its path, its sender's authentication, the shape of its body, and the facts that the body reports. */
export interface Webhook {
  /** The vendor's name of family, version and event, such as `stock-hub/v1/rma`. */
  readonly name: string;
  readonly path: string;
  readonly authentication: SenderAuthentication;
  /** A tolerant reader of the body, with which ingest checks it. */
  readonly schema: z.ZodMiniType;
  /** The body without the data that the bridge may not keep. */
  withoutForeignData?(payload: unknown): unknown;
  /** Parses the body first, as a queue is a boundary. @throws z.core.$ZodError for a body of another shape */
  facts(payload: unknown, receivedAt: string): Fact[];
}

/** Makes a schema when it is first needed. A bundle may contain several, and an ingest function needs one. */
export function madeOnce<Schema>(make: () => Schema): () => Schema {
  let made: Schema | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
