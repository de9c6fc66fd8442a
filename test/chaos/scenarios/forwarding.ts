import type { IgfEvent, ItemRef, Step } from './scenario.ts';

/** How far a listing gets at IGF. Some of them end with an RMA of the merchant. */
export const courses = [
  'matched',
  'labelled',
  'shipped',
  'completed',
  'refunded',
  'settled',
  'denied with a buyer',
  'cancelled by the customer',
  'cancelled by the customer with a buyer',
  'deadline passed',
  'lost by the carrier',
] as const;
export type Course = (typeof courses)[number];

/** The courses that end with an RMA of the merchant. */
export const merchantCourses: ReadonlySet<Course> = new Set(['settled', 'denied with a buyer']);

/** The steps of a course, once IGF has the listing. `merchantEnds` delivers the RMA with which the merchant ends it. */
export function forwardingSteps(
  item: ItemRef,
  course: Course,
  merchantEnds: (status: string) => Step,
): Step[] {
  const event = (eventType: IgfEvent): Step => ({ kind: 'event', item, eventType });
  const buy: Step = { kind: 'buy', item, webshopOrderId: `WEB-${item.rmaId}-${item.itemId}` };
  const shipped = [buy, event('LABELED'), event('SHIPPED')];
  const refunded = [...shipped, event('COMPLETED'), event('REFUND')];
  const refundIsDue: Step = { kind: 'known', item, state: 'Completed', refundDue: true };
  const isMatched: Step = { kind: 'known', item, state: 'Matched' };
  const steps: Record<Course, readonly Step[]> = {
    matched: [buy],
    labelled: [buy, event('LABELED')],
    shipped,
    completed: [...shipped, event('COMPLETED')],
    refunded,
    settled: [...refunded, refundIsDue, merchantEnds('processed_closed')],
    'denied with a buyer': [buy, merchantEnds('denied')],
    'cancelled by the customer': [event('RETURN_CANCELED')],
    'cancelled by the customer with a buyer': [buy, isMatched, event('RETURN_CANCELED')],
    'deadline passed': [buy, event('RETURN_DEADLINE_PASSED')],
    'lost by the carrier': [...shipped, { kind: 'lose', item }],
  };
  return [{ kind: 'listed', item }, ...steps[course]];
}
