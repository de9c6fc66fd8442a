import * as z from 'zod/mini';
import { OperationFault } from '../faults.ts';
import { SimulatorSettings } from '../settings.ts';
import { WebhookFault } from '../webhooks/webhook-faults.ts';
import { EventOnDemand, PurchaseOnDemand, SilentCancellation } from './events.ts';

const control = (request: string, does: string, body?: z.ZodMiniType, example?: unknown) => {
  const { properties = {} } = body ? z.toJSONSchema(body, { io: 'input' }) : {};
  const fields = Object.entries(properties).map(([name, schema]) => {
    const { description, enum: values, type } = Object(schema);
    return [name, description ?? values?.join(', ') ?? type];
  });
  return { request, does, ...(body && { fields: Object.fromEntries(fields), example }) };
};

/** What `GET /_simulator` answers: each control, with the fields of its body. docs/simulator.md has them too. */
export const controls = [
  control('GET /_simulator', 'lists the controls'),
  control('POST /_simulator/faults', 'lets the next calls of an operation fail', OperationFault, {
    ...{ operation: 'POST /listings', status: 500, times: 3 },
  }),
  control('DELETE /_simulator/faults', 'ends all faults of operations'),
  control('GET /_simulator/requests', 'lists what the API was asked, and how it answered'),
  control('POST /_simulator/orders', 'somebody buys a listing', PurchaseOnDemand, { listingId: 1 }),
  control('POST /_simulator/events', 'lets something happen, and sends its webhook', EventOnDemand, {
    ...{ eventType: 'SHIPPED', listingId: 1 },
  }),
  control('POST /_simulator/cancellations', 'cancels a listing without a webhook', SilentCancellation, {
    ...{ listingId: 1, cancelReason: 'MATCHING_PERIOD_PASSED' },
  }),
  control('GET /_simulator/webhooks', 'lists the webhooks that were sent, and how they were answered'),
  control('POST /_simulator/webhooks', 'disturbs the delivery of webhooks from now on', WebhookFault, {
    ...{ eventType: 'SHIPPED', drop: 1 },
  }),
  control('POST /_simulator/settings', 'changes how the API answers', SimulatorSettings, {
    words: 'american',
  }),
  control('DELETE /_simulator', 'resets everything but the first subscriptions'),
];
