import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod/mini';
import { type Fault, faultsOf, jsonFault } from '../json.ts';
import type { Webhook } from '../webhook.ts';
import { Problem } from './problem.ts';

/** SQS takes a message of 1 MiB, but a table item holds 400 KB. */
export const largestBodyBytes = 256 * 1024;

/** An event whose body is the parsed payload, checked against the webhook's schema. */
export interface Accepted {
  headers: Record<string, string | undefined>;
  body: unknown;
}

const tooLarge = () =>
  new Problem(413, 'Content too large', `The body may have at most ${largestBodyBytes} bytes.`);

/** @throws Problem 413 for a body of more than 256 KiB. */
export function limitBody(event: APIGatewayProxyEventV2): void {
  const encoding = event.isBase64Encoded ? 'base64' : 'utf8';
  if (Buffer.byteLength(event.body ?? '', encoding) > largestBodyBytes) throw tooLarge();
}

const notAcceptable = (detail: string, errors: readonly Fault[]) =>
  new Problem(406, 'Not acceptable', detail, { errors });

/**
 * Checks version, depth and shape.
 *
 * Every refusal of an authenticated body leaves through here or through the JSON parser before it: this is where a
 * refused body is kept, once it is.
 * @throws Problem 406 with the list of faults, 413 when the body grows beyond the limit as plain JSON.
 */
export function checkBody(webhook: Webhook, event: APIGatewayProxyEventV2): void {
  const body: unknown = event.body;
  const { versionHeader } = webhook.door;
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
  // A short number such as 1e20 is long when written out, and the message carries it written out.
  if (Buffer.byteLength(JSON.stringify(body)) > largestBodyBytes) throw tooLarge();
}
