import { createHash } from 'node:crypto';
import * as z from 'zod/mini';

/**
 * JSON with its keys in one order and no white space. It accepts every text. RFC 8785 does not: it refuses the lone
 * surrogate of a text that was cut in the middle of an emoji. It recurses itself, because a replacer, which
 * `JSON.stringify` calls for every value, takes several times as long.
 */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(',')}}`;
}

/**
 * The id of a delivery. The same body has the same id however often it is delivered, and whatever its spacing and key
 * order. 128 bits of SHA-256 over name and canonical JSON, as hexadecimal text.
 */
export const eventId = (webhook: string, payload: unknown): string => idOf(webhook, canonical(payload));

/** The id of a delivery whose body is not JSON. The same bytes have the same id. */
export const rawEventId = (webhook: string, body: Uint8Array): string => idOf(webhook, body);

const idOf = (webhook: string, text: string | Uint8Array): string =>
  createHash('sha256').update(`${webhook}\n`).update(text).digest('hex').slice(0, 32);

/** A text that can be an attribute of a parked message, and its group: SQS refuses an empty one and some characters. */
export const word = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

/** The message in the queue: one delivery, with everything that the worker needs of its HTTP request. */
export const Envelope = /* @__PURE__ */ z.lazy(() =>
  z.object({
    /** Version of this envelope. */
    schema: z.literal(1),
    id: word,
    /** The catalogue's name of the webhook. */
    webhook: word,
    /** The sender's `x-version`, cut to a sensible length. */
    version: z.string().check(z.overwrite((value) => value.slice(0, 200).toWellFormed())),
    /** ISO 8601 UTC. */
    receivedAt: z.iso.datetime(),
    correlationId: z.string().check(z.regex(/^[\x20-\x7e]{0,128}$/)),
    payload: z.unknown(),
  }),
);
export type Envelope = z.infer<typeof Envelope>;

/** SQS refuses some characters, but accepts their escapes. In JSON only strings have such characters. */
export const escapeBeyondAscii = (json: string): string =>
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
