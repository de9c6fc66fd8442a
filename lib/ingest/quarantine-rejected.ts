import { randomUUID } from 'node:crypto';
import { largestBodyBytes } from '../config/limits.ts';
import { eventId, rawEventId } from '../webhooks/envelope.ts';
import { jsonFault } from '../webhooks/json-limits.ts';
import type { Webhook } from '../webhooks/webhook.ts';
import { asProblem, correlationIdOf, type Middleware } from './answers.ts';
import { bodyBytes, type PostedBody, tooLarge } from './body.ts';
import type { Enqueue } from './delivery.ts';
import { notStored } from './problem.ts';
import { writeRejection } from './rejection.ts';

/** A body that could be read as JSON; `value` may be anything, `undefined` excluded. */
interface Parsed {
  value: unknown;
}

/**
 * Puts every body that is answered 406 on the queue of the quarantine before the answer is given: nothing is refused
 * without being kept. It stands behind the check of the key, so that nothing of a stranger's is kept. When SQS does not
 * take it the answer becomes 503, and the sender delivers again.
 */
export const quarantineRejected = (
  webhook: Webhook,
  { reject, now }: { reject: Enqueue; now: () => number },
): Middleware => ({
  before: ({ event: { body, isBase64Encoded }, internal }) => {
    // The parser puts what it read in the body's place.
    Object.assign(internal, { posted: { body, isBase64Encoded } });
  },
  onError: async (request) => {
    const { posted } = request.internal as { posted?: PostedBody };
    const problem = asProblem(request.error);
    if (!posted || problem.status !== 406) return;
    const { event } = request;
    // As long as its text stands there it was not read.
    const parsed = event.body === posted.body ? undefined : { value: event.body };
    const bytes = bodyBytes(posted);
    const kept = withoutForeignData(webhook, bytes, parsed);
    // Written out it may be longer than what was posted, and longer than a table item may be.
    if (kept.length > largestBodyBytes) {
      request.error = tooLarge();
      return;
    }
    const id = nameOf(webhook, bytes, parsed);
    const { versionHeader } = webhook.authentication;
    try {
      await reject({
        body: writeRejection({
          schema: 1,
          id,
          delivery: randomUUID(),
          webhook: webhook.name,
          version: (versionHeader && event.headers[versionHeader]) || '',
          receivedAt: new Date(now()).toISOString(),
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

/** The id that the delivery would have once accepted; where no schema could ever accept it, its bytes' own. */
const nameOf = (webhook: Webhook, bytes: Buffer, parsed: Parsed | undefined): string =>
  parsed && !jsonFault(parsed.value) ? eventId(webhook.name, parsed.value) : rawEventId(webhook.name, bytes);

/**
 * The body byte for byte, unless it is JSON that holds what is not ours to keep: no schema will ever read that, so
 * leaving it out loses nothing. What can't be read, or is nested without end, can't be searched and is kept as it is.
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
