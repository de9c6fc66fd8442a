/** Whether IGF could forward an article. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeText, maybeWord } from './answers.ts';
import { CustomerAddress } from './requests.ts';

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
type ForwardableRequest = z.infer<typeof ForwardableRequest>;

/** The answer for one item. Only `Available` means that it can be forwarded. */
const ForwardableAnswer = z.looseObject({ sku: maybeText, status: maybeWord });

/** Checks whether items could be forwarded, without listing them. One answer for each item. */
export const forwardable = () =>
  endpoint(47, 'checkForwardable', 'POST /info/forwardable', 'Check if the given items can be forwarded', {
    body: ForwardableRequest,
    answer: listOf(ForwardableAnswer),
    request: (question: ForwardableRequest) => ({ body: question }),
  });
