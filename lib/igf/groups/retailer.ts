/** The retailer's configuration at IGF: periods, countries, mails, discounts. One retailer for each tenant. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { anything, listOf } from '../schemas/answer-fields.ts';
import { Retailer, RetailerUpdate } from '../schemas/retailer.ts';

/** The configuration; the document's sample is a list, so none or several would be possible. */
export const get = () =>
  endpoint({
    operation: operations.getRetailer,
    answer: listOf(Retailer),
    request: () => ({}),
  });

/** Changes settings; what is absent stays as it is. */
export const update = () =>
  endpoint({
    operation: operations.updateRetailer,
    body: RetailerUpdate,
    answer: z.optional(Retailer),
    request: (change: RetailerUpdate) => ({ body: change }),
  });

export const enableDiscount = () =>
  endpoint({
    operation: operations.enableDiscount,
    answer: anything,
    request: () => ({}),
  });

export const disableDiscount = () =>
  endpoint({
    operation: operations.disableDiscount,
    answer: anything,
    request: () => ({}),
  });
