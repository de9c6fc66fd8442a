import { readBody } from '../ingest/read-body.ts';
import type { Fault } from '../webhooks/json-limits.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';

/**
 * Reads a rejected delivery like a new one: by today's schema, and with the code of ingest.
 * @returns the payload that would be accepted now, or its remaining faults. One that was accepted in part has them as
 * long as an entry would be left out.
 */
export function revalidate(
  webhook: Webhook,
  { body, version, acceptedInPart }: Pick<RejectedDelivery, 'body' | 'version' | 'acceptedInPart'>,
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
