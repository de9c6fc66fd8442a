import * as z from 'zod/mini';
import type { IgfFact } from '../../facts/igf-facts.ts';
import type { EventType } from '../../facts/vendor-terms.ts';
import { listingFact, orderFact, shipmentFact } from './facts.ts';
import { eventBodies, subjects } from './webhooks.ts';

/*
 * What the worker reads of an event. It is apart from the webhooks, so that the code of an ingest function, which only
 * checks the body, does not contain it.
 */

/** The facts in the body of an event's webhook: one for each object in it. */
export function eventFacts(event: EventType, payload: unknown): IgfFact[] {
  switch (subjects[event]) {
    case 'listing':
      return z.parse(eventBodies.listing, payload).map((read) => listingFact(read, event));
    case 'order':
      return z.parse(eventBodies.order, payload).map((read) => orderFact(read, event));
    case 'shipment':
      return z.parse(eventBodies.shipment, payload).map((read) => shipmentFact(read, event));
  }
}
