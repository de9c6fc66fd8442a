import * as z from 'zod/mini';

/** Body of "Creates a shipment". */
export const ShipmentRequest = z.object({ orderId: z.int32() });

/** Body of "Set feedback for a shipment": 0 bad, 1 neutral, 2 good. */
export const Feedback = z.object({ feedback: z.int().check(z.minimum(0), z.maximum(2)) });
