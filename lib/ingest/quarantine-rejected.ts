import { randomUUID } from 'node:crypto';
import { largestBodyBytes } from '../config/limits.ts';
import { isoTime } from '../runtime/time.ts';
import { eventId, rawEventId } from '../webhooks/envelope.ts';
import { jsonFault } from '../webhooks/json-limits.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { asProblem, correlationIdOf, type Middleware } from './answers.ts';
import { bodyBytes, type PostedBody, tooLarge } from './body.ts';
import type { Enqueue } from './delivery.ts';
import { notStored } from './problem.ts';
import { writeRejection } from './rejection.ts';

/** A body that was parsed as JSON. `value` may be anything but `undefined`. */
interface Parsed {
  value: unknown;
}

/**
 * Puts every body that is answered 406 on the queue of the quarantine before the answer is given: no rejected webhook
 * is lost. It comes after the check of the sender's key, so that nothing of a stranger is stored. If SQS does not take the
 * message the answer becomes 503, and the sender delivers again.
 */
export const quarantineRejected = (
  webhook: Webhook,
  { reject, now }: { reject: Enqueue; now: () => number },
): Middleware => ({
  before: ({ event: { body, isBase64Encoded }, internal }) => {
    // The parser replaces the body with the value that it read.
    Object.assign(internal, { posted: { body, isBase64Encoded } });
  },
  onError: async (request) => {
    const { posted } = request.internal as { posted?: PostedBody };
    const problem = asProblem(request.error);
    if (!posted || problem.status !== 406) return;
    const { event } = request;
    // While the body is still the text, it was not parsed.
    const parsed = event.body === posted.body ? undefined : { value: event.body };
    const bytes = bodyBytes(posted);
    const kept = withoutForeignData(webhook, bytes, parsed);
    // As plain JSON it may be longer than the posted body, and longer than a table item may be.
    if (kept.length > largestBodyBytes) {
      request.error = tooLarge();
      return;
    }
    const id = deliveryId(webhook, bytes, parsed);
    const { versionHeader } = webhook.authentication;
    try {
      await reject({
        body: writeRejection({
          schema: 1,
          id,
          delivery: randomUUID(),
          webhook: webhook.name,
          version: (versionHeader && event.headers[versionHeader]) || '',
          receivedAt: isoTime(now()),
          correlationId: correlationIdOf(event),
          errors: [...(problem.errors ?? [])],
          body: kept,
        }),
        groupId: webhook.name,
      });
    } catch (cause) {
      request.error = notStored(cause);
      return;
    }
    Object.assign(request.internal, { rejectionId: id });
  },
});

/** The id that the delivery will have once accepted. If no schema can ever accept it, the id of its bytes. */
const deliveryId = (webhook: Webhook, bytes: Buffer, parsed: Parsed | undefined): string =>
  parsed && !jsonFault(parsed.value) ? eventId(webhook.name, parsed.value) : rawEventId(webhook.name, bytes);

/**
 * The body byte for byte, unless it is JSON with data that the bridge may not keep: no schema ever reads that, so
 * leaving it out loses nothing. A body that is not JSON, or is nested too deep, can't be searched and is kept as it is.
 */
function withoutForeignData(webhook: Webhook, bytes: Buffer, parsed: Parsed | undefined): Buffer {
  if (!parsed || !webhook.withoutForeignData) return bytes;
  try {
    const kept = JSON.stringify(webhook.withoutForeignData(parsed.value));
    return kept === JSON.stringify(parsed.value) ? bytes : Buffer.from(kept);
  } catch (error) {
    if (error instanceof RangeError) return bytes;
    throw error;
  }
}
