/** Information about the tenant, and whether IGF could forward an article. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeInteger, maybeText, maybeWord } from './fields.ts';
import { CustomerAddress } from './shapes.ts';

/** Answer of "Get tenant information"; the keys are IGF's. */
const TenantInfo = z.looseObject({
  Name: maybeText,
  'Number of listings': maybeInteger,
  'Number of orders': maybeInteger,
  'Number of shipments': maybeInteger,
  'Handin Period': z.nullish(z.union([z.string(), z.number()])),
  'Matching Period': z.nullish(z.union([z.string(), z.number()])),
});

/**
 * Body of "Check if the given items can be forwarded". The document leaves the item collapsed: the two names are those
 * of its answer, and other fields that a tenant has agreed with IGF are passed on.
 */
const ForwardableRequest = z.strictObject({
  items: z.optional(
    z.array(z.looseObject({ sku: z.optional(z.string()), productId: z.optional(z.string()) })),
  ),
  webshopOrderId: z.optional(z.string()),
  address: z.optional(CustomerAddress),
});
export type ForwardableRequest = z.infer<typeof ForwardableRequest>;

/** The answer for one item. Only `Available` means that it can be forwarded. */
const ForwardableAnswer = z.looseObject({ sku: maybeText, productId: maybeText, status: maybeWord });

/** Counts of listings, orders and shipments, and the periods. */
export const get = () =>
  endpoint(46, 'getInfo', 'GET /info', 'Get tenant information', { answer: TenantInfo });

/** Checks whether items could be forwarded, without listing them. One answer for each item. */
export const forwardable = () =>
  endpoint(47, 'checkForwardable', 'POST /info/forwardable', 'Check if the given items can be forwarded', {
    body: ForwardableRequest,
    answer: listOf(ForwardableAnswer),
    request: (question: ForwardableRequest) => ({ body: question }),
  });
