import { largestBodyBytes } from '../../lib/config/limits.ts';
import type { IngestEndpoint } from './endpoints.ts';
import { bodyText, type FuzzRequest, requestBytes, rightKey, sentKey } from './request.ts';

/** The answers that a request may get: a second reading of the design, which shares no code with ingest. */
export interface Expectation {
  readonly statuses: readonly number[];
  /** The body as JSON, where it is JSON. */
  readonly parsed?: unknown;
}

const deepest = 32;
const mostValues = 20_000;

export function expectationOf(request: FuzzRequest, { webhook }: IngestEndpoint): Expectation {
  if (!isRight(sentKey(request) ?? '', webhook.path)) return { statuses: [401] };
  // The fuzzer sends no body in an encoding, whatever the header says. A gateway that unpacks a body passes it as text.
  const isText = !request.isBase64Encoded && /^\s*[[{]/.test(bodyText(request) ?? '');
  if (request.headers['content-encoding']?.trim() && !isText) return { statuses: [406] };
  const bytes = requestBytes(request);
  const isTooLarge = bytes.length > largestBodyBytes;
  const text = textOf(bytes, request.headers['content-type'] ?? '');
  const { versionHeader } = webhook.authentication;
  const isVersioned = versionHeader === undefined || (request.headers[versionHeader] ?? '').trim() !== '';
  let parsed: unknown;
  try {
    parsed = JSON.parse(text ?? '');
  } catch {
    return { statuses: text === undefined ? [406, 413] : isTooLarge ? [413] : [406] };
  }
  // What is left out of a large body may make it small enough.
  if (isTooLarge) return { statuses: webhook.withoutForeignData ? [202, 406, 413] : [413], parsed };
  if (!isVersioned || !isPlain(parsed, 1) || valuesIn(parsed) > mostValues)
    return { statuses: [406], parsed };
  if (Buffer.byteLength(JSON.stringify(parsed)) > largestBodyBytes) return { statuses: [406, 413], parsed };
  return { statuses: [202, 406], parsed };
}

/** A header may come twice, which the gateway joins by a comma, and with blanks around its value. A path may not. */
const isRight = (sent: string, path: string): boolean =>
  path.includes('{token}') ? sent === rightKey : sent.split(',').every((part) => part.trim() === rightKey);

/** UTF-8, or what the content type names. */
function textOf(bytes: Buffer, contentType: string): string | undefined {
  const charset = contentType.split('charset=')[1];
  for (const encoding of ['utf-8', ...(charset ? [charset] : [])]) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {}
  }
  return undefined;
}

const valuesIn = (value: unknown): number =>
  typeof value === 'object' && value !== null
    ? Object.values(value).reduce<number>((sum, inner) => sum + valuesIn(inner), 1)
    : 1;

/** Not too deep, no number beyond the range, and no key that reaches a prototype. */
function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return true;
  if (depth > deepest) return false;
  return Object.entries(value).every(
    ([name, inner]) =>
      name !== '__proto__' &&
      !(name === 'constructor' && typeof inner === 'object' && inner && Object.hasOwn(inner, 'prototype')) &&
      isPlain(inner, depth + 1),
  );
}
