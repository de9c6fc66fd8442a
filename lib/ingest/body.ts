import httpJsonBodyParser from '@middy/http-json-body-parser';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { largestBodyBytes, mostJsonValues } from '../config/limits.ts';
import type { Fault } from '../webhooks/json-limits.ts';
import { hasTooManyValues, jsonFault } from '../webhooks/json-limits.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { Middleware } from './answers.ts';
import { Problem } from './problem.ts';
import { faultsOf } from './schema-faults.ts';

/** An event whose body is the parsed payload, checked against the webhook's schema. */
export interface Accepted {
  headers: Record<string, string | undefined>;
  body: unknown;
  requestContext?: { timeEpoch?: number };
}

export const tooLarge = () =>
  new Problem(413, 'Content too large', `The body may have at most ${largestBodyBytes} bytes.`);

/** The bytes that the sender posted: the gateway passes a body that it considers binary as base64. */
export const bodyBytes = ({ body, isBase64Encoded }: PostedBody): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/** A body as the gateway passes it. */
export type PostedBody = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>;

/** @throws Problem 413 for a body of more than 256 KiB. */
export function limitBody(event: APIGatewayProxyEventV2): void {
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8';
  if (Buffer.byteLength(event.body ?? '', encoding) > largestBodyBytes) throw tooLarge();
}

const notAcceptable = (detail: string, errors: readonly Fault[]) =>
  new Problem(406, 'Not acceptable', detail, { errors });

/**
 * Checks that the body is JSON and has the webhook's shape. Every rejection of an authenticated body comes from here.
 * Ingest and the replay of a rejected webhook use the same check.
 */
export const readBody = (webhook: Webhook): Middleware[] => [
  { before: ({ event }) => limitValues(event) },
  httpJsonBodyParser({ disableContentTypeCheck: true }) as Middleware,
  { before: ({ event }) => checkBody(webhook, event) },
];

/** @throws Problem 406 for a body with more values than any webhook has: each value takes time to read. */
function limitValues(event: PostedBody): void {
  if (!hasTooManyValues(bodyBytes(event).toString())) return;
  const fault = { path: '', message: `has more than ${mostJsonValues} values` };
  throw notAcceptable('The body is JSON that no webhook has.', [fault]);
}

/**
 * Checks version, depth and shape.
 * @throws Problem 406 with the list of faults, 413 when the body grows beyond the limit as plain JSON.
 */
function checkBody(webhook: Webhook, event: APIGatewayProxyEventV2): void {
  const body: unknown = event.body;
  const { versionHeader } = webhook.authentication;
  if (versionHeader && !event.headers[versionHeader]?.trim()) {
    throw notAcceptable(`Send the version of the webhook in the header ${versionHeader}.`, [
      { path: versionHeader, message: 'is required' },
    ]);
  }
  const fault = jsonFault(body);
  if (fault) throw notAcceptable('The body is JSON that no webhook has.', [fault]);
  const parsed = z.safeParse(webhook.schema, body);
  if (!parsed.success) {
    throw notAcceptable(`The body does not have the shape of ${webhook.name}.`, faultsOf(parsed.error, body));
  }
  // A short number such as 1e20 becomes long in the message, which has all its digits.
  if (Buffer.byteLength(JSON.stringify(body)) > largestBodyBytes) throw tooLarge();
}
