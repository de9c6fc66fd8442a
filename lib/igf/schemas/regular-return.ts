import * as z from 'zod/mini';
import { id, listOf, maybeDateTime, maybeText } from './answer-fields.ts';
import { CustomerRequest } from './customer.ts';
import { text } from './request-fields.ts';

/** Body of "Creates a regular return". The document leaves a product collapsed: its fields are IGF's to judge. */
export const ReturnRequest = z.strictObject({
  webshopOrderId: text,
  products: z.array(z.record(z.string(), z.unknown())),
  customer: CustomerRequest,
});
export type ReturnRequest = z.infer<typeof ReturnRequest>;

/** A return that goes to the warehouse instead of to the next customer. */
export const RegularReturn = z.looseObject({
  id,
  webshopOrderId: maybeText,
  createdAt: maybeDateTime,
  products: z.nullish(z.array(z.looseObject({}))),
});
export type RegularReturn = z.infer<typeof RegularReturn>;

export const RegularReturns = listOf(RegularReturn);
