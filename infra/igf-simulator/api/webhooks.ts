import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import { SubscriptionBody } from '../requests.ts';
import { integerParam, type OperationCall, type Operations, read } from './operation.ts';

/** "Allow customers to subscribe to changes made to listings." */
export const webhookOperations: Operations = {
  'GET /webhooks': [200, ({ store }) => store.subscriptions.all()],
  'POST /webhooks': [201, subscribe],
  'DELETE /webhooks/{id}': [204, remove],
  'DELETE /webhooks/eventType/{eventType}': [204, removeByType],
};

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
  const { eventType } = read(z.pick(SubscriptionBody, { eventType: true }), params);
  const subscription = store.subscriptions.all().find((each) => each.eventType === eventType);
  if (subscription === undefined) throw notFound(`A webhook for ${eventType}`);
  store.subscriptions.remove(subscription.id);
}
