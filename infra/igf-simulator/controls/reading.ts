import type { FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { jsonOf } from '../body.ts';
import { codeOf, notFound, type Problem, Refusal } from '../errors.ts';
import { type Forwarding, forwardingOf } from '../life/forwarding.ts';
import type { Moment } from '../life/moment.ts';
import { read } from '../reading.ts';

/** The body of a control call, whatever content type it is sent with. */
export function readControl<Schema extends z.ZodMiniType>(
  schema: Schema,
  { body }: FastifyRequest,
): z.infer<Schema> {
  return read(schema, jsonOf(body), unclear);
}

/** Read by a person at a terminal: all that is wrong stands in the message itself. */
export function unclear(problems: readonly Problem[]): Refusal {
  const message = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Refusal(400, codeOf(400), message, problems);
}

export function forwardingWithId({ store }: Moment, listingId: number): Forwarding {
  const listing = store.listings.find(listingId);
  if (listing === undefined) throw notFound(`Listing ${listingId}`);
  return forwardingOf(store, listing);
}
