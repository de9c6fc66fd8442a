/** Information about the tenant: the operations without a caller. `groups.ts` says why they are here. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { maybeInteger, maybeText } from '../answers.ts';

/** Answer of "Get tenant information"; the keys are IGF's. */
const TenantInfo = z.looseObject({
  Name: maybeText,
  'Number of listings': maybeInteger,
  'Number of orders': maybeInteger,
  'Number of shipments': maybeInteger,
  'Handin Period': z.nullish(z.union([z.string(), z.number()])),
  'Matching Period': z.nullish(z.union([z.string(), z.number()])),
});

/** Counts of listings, orders and shipments, and the periods. */
export const get = () =>
  endpoint(46, 'getInfo', 'GET /info', 'Get tenant information', { answer: TenantInfo });
