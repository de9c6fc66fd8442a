/** What IGF knows of the tenant, and which items it could forward. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { listOf, maybeText, maybeWord } from './answers.ts';
import { CustomerAddress } from './requests.ts';

export const get = () => endpoint('getInfo', 'GET /info', { answer: z.looseObject({}) });

/**
 * Checks whether items could be forwarded: one answer for each, and only `Available` means yes. The document does not
 * show an item's fields: the two are those of the answer, and others that a tenant agreed with IGF are passed on.
 */
export const forwardable = () =>
  endpoint('checkForwardable', 'POST /info/forwardable', {
    body: z.strictObject({
      items: z.optional(
        z.array(z.looseObject({ sku: z.optional(z.string()), productId: z.optional(z.string()) })),
      ),
      webshopOrderId: z.optional(z.string()),
      address: z.optional(CustomerAddress),
    }),
    answer: listOf(z.looseObject({ sku: maybeText, status: maybeWord })),
  });
