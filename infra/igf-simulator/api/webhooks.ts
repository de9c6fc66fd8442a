import * as z from 'zod/mini';
import { WebhookEventType } from '../enums.ts';
import { notAllowed, notFound } from '../errors.ts';
import { integerParam, type OperationCall, operation, read, type SimulatedOperation } from './operation.ts';

/** "Allow customers to subscribe to changes made to listings." */
export const webhookOperations: readonly SimulatedOperation[] = [
  operation('GET /webhooks', 200, ({ store }) => store.subscriptions.all()),
  operation('POST /webhooks', 201, subscribe),
  operation('DELETE /webhooks/{id}', 204, remove),
  operation('DELETE /webhooks/eventType/{eventType}', 204, removeByType),
];

/** Body of "Subscribe to a webhook". */
const SubscriptionBody = z.object({
  eventType: WebhookEventType,
  url: z.url({ protocol: /^https?$/ }),
});

function subscribe({ store, body }: OperationCall) {
  const request = read(SubscriptionBody, body);
  if (store.subscriptions.all().some(({ eventType }) => eventType === request.eventType)) {
    throw notAllowed('Only one webhook per event type is allowed');
  }
  return store.subscriptions.add((id) => ({ id, ...request }));
}

function remove(call: OperationCall): void {
  const { subscriptions } = call.store;
  subscriptions.remove(subscriptions.get(integerParam(call, 'id')).id);
}

function removeByType({ store, params }: OperationCall): void {
  const { eventType } = read(z.object({ eventType: WebhookEventType }), params);
  const subscription = store.subscriptions.all().find((each) => each.eventType === eventType);
  if (subscription === undefined) throw notFound(`A webhook for ${eventType}`);
  store.subscriptions.remove(subscription.id);
}
