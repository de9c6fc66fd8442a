import * as z from 'zod/mini';
import type { NoChangeFact } from '../../facts/facts.ts';
import { documentNumber, identifier, object } from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** "Invoice created", as documented in Winkelstraat's Stock Hub 1.0.0. Shipments and orders tell all that is needed. */
const schema = object({ increment_id: identifier, order_increment_id: documentNumber });

export const stockHubV1Invoice = winkelstraatWebhook('stock-hub/v1/invoice', schema);

/** Its delivery stands in the order's history. */
export const invoiceFacts = (payload: unknown): NoChangeFact[] => [
  { kind: 'no-change', orderId: z.parse(schema, payload).order_increment_id },
];
