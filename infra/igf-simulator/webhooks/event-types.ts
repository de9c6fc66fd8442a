import * as z from 'zod/mini';

/** The eight events that one can subscribe to. */
export const EventType = z.enum([
  'ADD_LISTING',
  'UPDATE_LISTING',
  'RETURN_DEADLINE_PASSED',
  'RETURN_CANCELED',
  'LABELED',
  'SHIPPED',
  'COMPLETED',
  'REFUND',
]);
export type EventType = z.infer<typeof EventType>;
