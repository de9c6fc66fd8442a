import { hash } from 'node:crypto';
import * as z from 'zod/mini';
import { fitsInKey } from '../config/limits.ts';
import { isoTime } from '../runtime/time.ts';

/**
 * JSON with its keys in one order, of any text: RFC 8785 refuses half an emoji, as cut texts have. It recurses itself,
 * because a replacer of `JSON.stringify` takes several times as long.
 */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  const fields = value as Record<string, unknown>;
  const names = Object.keys(fields).sort();
  return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(fields[name])}`).join(',')}}`;
}

/** The id of a delivery whose body is not JSON: 128 bits of SHA-256. The same bytes have the same id. */
export const rawEventId = (webhook: string, body: string | Uint8Array): string =>
  hash('sha256', Buffer.concat([Buffer.from(`${webhook}\n`), Buffer.from(body)])).slice(0, 32);

/** The id of a delivery. The same JSON has the same id however often it is delivered, whatever its spacing and key order. */
export const eventId = (webhook: string, payload: unknown): string => rawEventId(webhook, canonical(payload));

/** A text that can be an attribute of a parked message, and its group: SQS refuses an empty one and some characters. */
export const word = z.string().check(z.regex(/^[\x21-\x7e]{1,128}$/));

/** One delivery as a queue message. Lazy, so that the bundles of ingest, which only write it, leave it out. */
export const Envelope = /* @__PURE__ */ z.lazy(() =>
  z.object({
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

/** A deploy may update who writes messages before who reads them. Then a later attempt can read the message. */
export function isOfLaterVersion(text: string): boolean {
  try {
    const { schema } = Object(JSON.parse(text));
    return Number.isSafeInteger(schema) && schema > 1;
  } catch {
    return false;
  }
}

const Advance = /* @__PURE__ */ z.lazy(() =>
  z.object({
    orderId: z.string().check(
      z.minLength(1),
      z.refine((value) => value.isWellFormed() && fitsInKey(value)),
    ),
    /** The cause, such as the mapping `REASON#mouwen te wijd`. */
    cause: z.optional(z.string()),
  }),
);

/** The bridge's own message: decide about an order again, because something changed that no webhook reports. */
export const advanceOrder = {
  name: 'bridge/v1/advance',
  /** The order to advance. @throws z.core.$ZodError when the payload is not of this message */
  orderOf: (payload: unknown): string => z.parse(Advance, payload).orderId,
};

/** The same order and cause give the same event id, so that the order's history lists them once. */
export function advanceMessage(
  orderId: string,
  cause: string,
  { now, correlationId, by }: { now: number; correlationId: string; by?: string },
): Envelope {
  const { name: webhook } = advanceOrder;
  const id = eventId(webhook, { orderId, cause });
  const payload = { orderId, cause, ...(by !== undefined && { by }) };
  return { schema: 1, id, webhook, version: '1', receivedAt: isoTime(now), correlationId, payload };
}
