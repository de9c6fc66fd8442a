import { isUtf8 } from 'node:buffer';
import httpJsonBodyParser from '@middy/http-json-body-parser';
import * as z from 'zod/mini';
import { largestBodyBytes, largestKeptBytes, largestReadBytes, mostJsonValues } from '../config/limits.ts';
import { eventId, rawEventId } from '../webhooks/envelope.ts';
import { remarksOf } from '../webhooks/fields.ts';
import { type Fault, hasTooManyValues, jsonFault } from '../webhooks/json-limits.ts';
import { hasSecrets, withoutSecrets } from '../webhooks/mask.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { notAcceptable, Problem, tooLarge } from './answers.ts';
import { decodeText, type PostedBody, postedBytes, unpack } from './decode-body.ts';
import type { Rejection } from './rejection.ts';
import { faultsOf } from './schema-faults.ts';

/** A posted body with the headers that say how to read it. Their names are lower case. */
export interface Posted extends PostedBody {
  headers: Record<string, string | undefined>;
}

export interface Reading {
  /** Follows from the payload as queued, without secrets: with a new token it is the same delivery. */
  id: string;
  /** What may be kept of the body: its bytes, unpacked, without secrets and without data that the bridge may not keep. */
  kept: Buffer;
  /** The payload as it is queued. Absent where the body is refused. */
  payload?: unknown;
  problem?: Problem;
  /** Faults of entries that are left out of an accepted body. */
  unusable: readonly Fault[];
}

/** What the steps of reading a body have learned, up to the one that refused it. */
type Known = Omit<Reading, 'id'> & { id?: string };

export function readBody(webhook: Webhook, posted: Posted): Reading {
  const known: Known = { kept: postedBytes(posted), unusable: [] };
  try {
    readSteps(webhook, posted, known);
  } catch (problem) {
    if (!(problem instanceof Problem)) throw problem;
    known.problem = problem;
  }
  return { ...known, id: known.id ?? rawEventId(webhook.name, known.kept) };
}

/**
 * Reads a rejected delivery by today's schema. @returns the payload that would be accepted now, or its remaining
 * faults. One that was accepted in part has them as long as an entry would be left out.
 */
export function revalidate(
  webhook: Webhook,
  { body, version, acceptedInPart }: Pick<Rejection, 'body' | 'version' | 'acceptedInPart'>,
): { payload: unknown } | { errors: readonly Fault[] } {
  const { versionHeader } = webhook.authentication;
  const { payload, problem, unusable } = readBody(webhook, {
    headers: versionHeader ? { [versionHeader]: version } : {},
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  });
  if (problem) return { errors: problem.errors ?? [{ path: '', message: problem.detail }] };
  return acceptedInPart && unusable.length > 0 ? { errors: unusable } : { payload };
}

/** What is learned on the way stays in `known`, also when a step refuses the body. @throws Problem 406 or 413 */
function readSteps(webhook: Webhook, { headers, body, isBase64Encoded }: Posted, known: Known): void {
  // Some gateways unpack a body, pass it as text and leave the header.
  const isUnpacked = !isBase64Encoded && /^\s*[[{]/.test(body ?? '');
  if (!isUnpacked) known.kept = unpack(known.kept, headers['content-encoding']);
  const text = decodeText(known.kept, headers['content-type']);
  if (!isUtf8(known.kept)) known.kept = Buffer.from(text);
  const tooMany = hasTooManyValues(text);
  if (isTooLargeAnyway(webhook, known.kept.length, tooMany)) throw tooLarge();

  const parsed = parse(webhook, text, known);
  const payload = storable(webhook, parsed);
  if (payload !== parsed) known.kept = Buffer.from(JSON.stringify(payload));
  if (known.kept.length > largestBodyBytes) throw tooLarge();
  const fault = tooMany ? { path: '', message: `has more than ${mostJsonValues} values` } : jsonFault(parsed);
  if (fault) throw notAcceptable('The body is JSON that the bridge does not accept.', fault);
  known.id = eventId(webhook.name, payload);
  checkVersion(webhook, headers);
  const unusable = checkShape(webhook, payload);
  // A short number such as 1e20 becomes long in the message, which has all its digits.
  if (Buffer.byteLength(JSON.stringify(payload)) > largestBodyBytes) throw tooLarge();
  Object.assign(known, { payload, unusable });
}

/** Whether the body is too large whatever is left out of it, so that parsing it would be in vain. */
const isTooLargeAnyway = ({ withoutForeignData }: Webhook, bytes: number, tooMany: boolean): boolean =>
  bytes > (withoutForeignData && !tooMany ? largestReadBytes : largestKeptBytes);

/** The content type is not judged. The text has been unpacked and decoded, so it is read as it is. */
const { before: parseJson } = httpJsonBodyParser({ disableContentTypeCheck: true }) as {
  // The parser reads these two fields of an event, and writes the body.
  before(request: { event: { headers: object; body: unknown } }): void;
};

/** @throws Problem 406 or 413 */
function parse(webhook: Webhook, text: string, known: Known): unknown {
  const event: { headers: object; body: unknown } = { headers: {}, body: text };
  try {
    parseJson({ event });
    return event.body;
  } catch {
    known.kept = storableText(webhook, text) ?? known.kept;
    if (known.kept.length > largestBodyBytes) throw tooLarge();
    const message = 'is not valid JSON, or has a forbidden key';
    throw notAcceptable('The body is not JSON that can be read.', { path: '', message });
  }
}

/** The parser refuses a forbidden key and thousands of nested lists. Such a body is JSON, and may have secrets too. */
function storableText(webhook: Webhook, text: string): Buffer | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const kept = storable(webhook, value);
    return kept === value ? undefined : Buffer.from(JSON.stringify(kept));
  } catch {
    return undefined;
  }
}

/** The value without what must not be stored; the value itself where it has nothing of that. */
function storable({ withoutForeignData }: Webhook, value: unknown): unknown {
  const isSecret = hasSecrets(value);
  if (!isSecret && !withoutForeignData) return value;
  const masked = withoutSecrets(value);
  const kept = withoutForeignData?.(masked) ?? masked;
  return isSecret || JSON.stringify(kept) !== JSON.stringify(masked) ? kept : value;
}

/** @throws Problem 406 */
function checkVersion({ authentication: { versionHeader } }: Webhook, headers: Posted['headers']): void {
  if (!versionHeader || headers[versionHeader]?.trim()) return;
  const detail = `Send the version of the webhook in the header ${versionHeader}.`;
  throw notAcceptable(detail, { path: versionHeader, message: 'is required' });
}

/** @returns the faults of entries that are left out. @throws Problem 406 with the list of faults */
function checkShape({ name, schema }: Webhook, payload: unknown): Fault[] {
  const { unread, unusable } = remarksOf(schema, payload);
  if (unread.length === 0 && unusable.length === 0) return [];
  const parsed = z.safeParse(schema, payload);
  if (!parsed.success) {
    throw notAcceptable(`The body does not have the shape of ${name}.`, ...faultsOf(parsed.error, payload));
  }
  return faultsOf({ issues: unusable }, payload);
}
