import type { FastifyInstance, FastifyRequest } from 'fastify';
import type * as z from 'zod/mini';
import { isForeign } from '../../local-services.ts';
import { listingResponse } from '../api/listings.ts';
import { parseBody, read } from '../api/operation.ts';
import { orderResponse } from '../api/orders.ts';
import { simulatedOperations } from '../api/routes.ts';
import { shipmentResponse } from '../api/shipments.ts';
import { Refusal, type WrongField } from '../errors.ts';
import { OperationFault } from '../faults.ts';
import { type Context, forwardingOf } from '../lifecycle/forwarding.ts';
import { SimulatorSettings } from '../settings.ts';
import type { Simulation } from '../simulation.ts';
import { WebhookFault } from '../webhooks/webhook-faults.ts';
import { controls } from './controls.ts';
import {
  cancelSilently,
  EventOnDemand,
  PurchaseOnDemand,
  purchase,
  SilentCancellation,
  triggerEvent,
} from './events.ts';

/** The controls need no key: post faults, trigger events, list what was received and sent, reset. */
export async function controlRoutes(
  app: FastifyInstance,
  { simulation }: { simulation: Simulation },
): Promise<void> {
  app.addHook('onRequest', async ({ headers }) => {
    if (!isForeign(headers)) return;
    throw new Refusal(403, 'A page of another site may not use the controls', 'Host or Origin');
  });

  const operationNames = ['*', ...Object.keys(simulatedOperations)];

  app.post('/faults', async (request, reply) => {
    const fault = readControl(OperationFault, request);
    if (!operationNames.includes(fault.operation)) {
      const names = nearest(fault.operation, operationNames).join(', ');
      throw new Refusal(400, `operation: "${fault.operation}" is not one of IGF's`, `The nearest: ${names}`);
    }
    simulation.faults.push({ ...fault });
    return reply.code(201).send(fault);
  });

  app.delete('/faults', async (_request, reply) => {
    simulation.faults = [];
    return reply.code(204).send();
  });

  app.get('/', async () => controls);

  app.get('/requests', async () => simulation.requests);

  app.post('/settings', async (request) => {
    simulation.settings = readControl(SimulatorSettings, request);
    return simulation.settings;
  });

  app.post('/events', async (request) => {
    const event = readControl(EventOnDemand, request);
    const context = simulation.context();
    const answers = triggerEvent(context, event).map((id) => forwardingResponse(context, id));
    return answers.length === 1 ? answers[0] : answers;
  });

  app.post('/orders', async (request, reply) => {
    const details = readControl(PurchaseOnDemand, request);
    const context = simulation.context();
    return reply.code(201).send(orderResponse(context, purchase(context, details)));
  });

  app.post('/cancellations', async (request) => {
    const cancellation = readControl(SilentCancellation, request);
    const context = simulation.context();
    cancelSilently(context, cancellation);
    return forwardingResponse(context, cancellation.listingId);
  });

  app.post('/webhooks', async (request, reply) => {
    const fault = readControl(WebhookFault, request);
    simulation.outbox.setFault(fault);
    return reply.code(201).send(fault);
  });

  app.get('/webhooks', async () => simulation.outbox.all());

  app.delete('/', async (_request, reply) => {
    await simulation.reset();
    return reply.code(204).send();
  });
}

/** The three names with the most pairs of letters in common. */
function nearest(typed: string, names: readonly string[]): string[] {
  const pairsOf = (text: string) =>
    new Set(Array.from(text.toLowerCase(), (letter, at) => letter + text[at + 1]));
  const wanted = pairsOf(typed);
  const distance = (name: string): number =>
    wanted.symmetricDifference(pairsOf(name.replace(/\{\w+\}/, ''))).size / (wanted.size + name.length);
  return names.toSorted((one, other) => distance(one) - distance(other)).slice(0, 3);
}

/** The body of a control request, whatever its content type is. */
function readControl<Schema extends z.ZodMiniType>(
  schema: Schema,
  { body }: FastifyRequest,
): z.infer<Schema> {
  return read(schema, parseBody(body), unclear);
}

/** The message itself names everything that is wrong: a person at a terminal reads it. */
function unclear(fields: readonly WrongField[]): Refusal {
  const message = fields.map((field) => `${field.path}: ${field.message}`).join('; ');
  return new Refusal(400, message, fields);
}

/** A listing with its order and shipment, each as the API shows it. */
function forwardingResponse(context: Context, listingId: number) {
  const { listing, order, shipment } = forwardingOf(context.store, listingId);
  return {
    listing: listingResponse(context, listing),
    order: order && orderResponse(context, order),
    shipment: shipment && shipmentResponse(context, shipment),
  };
}
