import middy from '@middy/core';
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { asProblem } from '../ingest/answers.ts';
import { type Accepted, readBody } from '../ingest/body.ts';
import type { HttpAnswer } from '../ingest/problem.ts';
import type { Fault } from '../webhooks/json-limits.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import type { RejectedDelivery } from './rejected-delivery.ts';

/**
 * Validates a rejected delivery like a new one: by today's schema, and with the code of ingest.
 * @returns the delivery that would be accepted now, or its remaining faults
 */
export async function revalidate(
  webhook: Webhook,
  { body, version }: Pick<RejectedDelivery, 'body' | 'version'>,
): Promise<{ accepted: Accepted } | { errors: readonly Fault[] }> {
  const { versionHeader } = webhook.authentication;
  const event = {
    headers: versionHeader ? { [versionHeader]: version } : {},
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  };
  const read = middy<APIGatewayProxyEventV2, HttpAnswer, Error, Context>()
    .use(readBody(webhook))
    .handler(async (accepted) => accepted as never);
  try {
    const accepted = await read(event as unknown as APIGatewayProxyEventV2, {} as Context);
    return { accepted: accepted as unknown as Accepted };
  } catch (error) {
    const { status, errors, detail } = asProblem(error);
    if (status >= 500) throw error;
    return { errors: errors ?? [{ path: '', message: detail }] };
  }
}
