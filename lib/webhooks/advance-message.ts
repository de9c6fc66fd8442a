import * as z from 'zod/mini';
import { fitsInKey } from '../config/limits.ts';
import { isoTime } from '../runtime/time.ts';
import { type Envelope, eventId } from './envelope.ts';

/** A message that the bridge itself puts on a sender's queue. It reports no fact, and has no route. */
export interface InternalMessage {
  readonly name: string;
  /**
   * The order to advance.
   * @throws z.core.$ZodError when the payload is not of this message.
   */
  orderOf(payload: unknown): string;
}

const Payload = z.object({
  orderId: z.string().check(
    z.minLength(1),
    z.refine((value) => value.isWellFormed() && fitsInKey(value)),
  ),
  /** The cause, such as the mapping `REASON#mouwen te wijd`. */
  cause: z.optional(z.string()),
});

/** Makes a worker decide about an order again, because something changed that no webhook reports. */
export const advanceOrder: InternalMessage = {
  name: 'bridge/v1/advance',
  orderOf: (payload) => z.parse(Payload, payload).orderId,
};

/** The same order and cause give the same event id, so that the order's history lists them once. */
export function advanceMessage(
  orderId: string,
  cause: string,
  { now, correlationId }: { now: number; correlationId: string },
): Envelope {
  const payload = { orderId, cause };
  return {
    schema: 1,
    id: eventId(advanceOrder.name, payload),
    webhook: advanceOrder.name,
    version: '1',
    receivedAt: isoTime(now),
    correlationId,
    payload,
  };
}
