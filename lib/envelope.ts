import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import * as z from 'zod/mini';

/**
 * A webhook's name for one delivery: the same body has the same id however often, and with whatever spacing and key
 * order, it is delivered. 128 bits of SHA-256 over name and canonical JSON (RFC 8785), as hexadecimal text.
 */
export function eventId(webhook: string, payload: unknown): string {
  const canonical = canonicalize(payload);
  return createHash('sha256').update(`${webhook}\n${canonical}`).digest('hex').slice(0, 32);
}

/** What stands in the queue: one delivery, with what is needed to work on it without its HTTP request. */
export const Envelope = z.object({
  /** Version of this envelope. */
  schema: z.literal(1),
  id: z.string().check(z.minLength(1)),
  /** The catalogue's name of the webhook. */
  webhook: z.string(),
  /** The sender's `x-version`. */
  version: z.string(),
  /** ISO 8601 UTC. */
  receivedAt: z.iso.datetime(),
  correlationId: z.string(),
  payload: z.unknown(),
});
export type Envelope = z.infer<typeof Envelope>;

/** SQS refuses some characters; escaped, every one of them passes. Only strings hold such characters in JSON. */
const escapeBeyondAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** The envelope as the text of a queue message: JSON of ASCII alone. */
export const writeEnvelope = (envelope: Envelope): string => escapeBeyondAscii(JSON.stringify(envelope));

/** @returns the envelope, or `undefined` when the text is not one (someone put it on the queue by hand). */
export function readEnvelope(text: string): Envelope | undefined {
  try {
    const parsed = z.safeParse(Envelope, JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
