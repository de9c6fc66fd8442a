import * as z from 'zod/mini';
import { fitsInKey } from '../config/key-part.ts';
import { type Envelope, eventId } from './envelope.ts';

/** A message that the bridge puts on a sender's queue itself: it tells nothing new, and has no route. */
export interface InternalMessage {
  readonly name: string;
  /**
   * The order that is to be advanced.
   * @throws z.core.$ZodError when the payload is not of this message.
   */
  orderOf(payload: unknown): string;
}

const Payload = z.object({
  orderId: z.string().check(
    z.minLength(1),
    z.refine((value) => value.isWellFormed() && fitsInKey(value)),
  ),
  /** What changed, such as the mapping `REASON#te wijd`. */
  cause: z.optional(z.string()),
});

/** Has an order decided about again, because something changed that no webhook tells. */
export const advanceOrder: InternalMessage = {
  name: 'bridge/v1/advance',
  orderOf: (payload) => z.parse(Payload, payload).orderId,
};

/** The message itself. The same order and cause have the same id, so that its story shows them once. */
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
    receivedAt: new Date(now).toISOString(),
    correlationId,
    payload,
  };
}
