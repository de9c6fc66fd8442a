import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { rowOf } from '../rows.ts';
import { WebhookRequest } from '../schemas/webhook.ts';
import { EventType } from '../webhooks/event-types.ts';

const EventTypeInPath = z.object({ eventType: EventType });

/** "Allow customers to subscribe to changes made to listings." */
export const webhooks: readonly Operation[] = [
  { name: 'GET /webhooks', status: 200, run: ({ store }) => store.webhooks.all() },
  { name: 'POST /webhooks', status: 201, run: subscribe },
  { name: 'DELETE /webhooks/{id}', status: 204, run: remove },
  { name: 'DELETE /webhooks/eventType/{eventType}', status: 204, run: removeByType },
];

function subscribe({ store, body }: Call) {
  const request = read(WebhookRequest, body);
  if (store.webhooks.all().some(({ eventType }) => eventType === request.eventType)) {
    throw notAllowed('Only one webhook per event type is allowed');
  }
  return store.webhooks.add((id) => ({ id, ...request }));
}

function remove(call: Call): void {
  const { webhooks: table } = call.store;
  table.remove(rowOf(table, call, 'id', 'Webhook').id);
}

function removeByType({ store, params }: Call): void {
  const { eventType } = read(EventTypeInPath, params);
  const webhook = store.webhooks.all().find((each) => each.eventType === eventType);
  if (webhook === undefined) throw notFound(`A webhook for ${eventType}`);
  store.webhooks.remove(webhook.id);
}
