import type { FastifyInstance } from 'fastify';
import { showForwarding } from './controls/answer.ts';
import { endSilently, SilentEnd } from './controls/cancellation.ts';
import { happen, WorldEvent } from './controls/events.ts';
import { readFault } from './controls/faults.ts';
import { Purchase, purchase } from './controls/purchase.ts';
import { readControl } from './controls/reading.ts';
import { showOrder } from './resources/order-response.ts';
import { Settings } from './settings.ts';
import type { Simulation } from './simulation.ts';
import { Mischief } from './webhooks/mischief.ts';

/**
 * The simulator's own surface, beside the API and without a key: make it misbehave, let the world go on, see what
 * reached it and what it sent, start afresh.
 */
export async function control(
  app: FastifyInstance,
  { simulation }: { simulation: Simulation },
): Promise<void> {
  app.post('/faults', async (request, reply) => {
    const fault = readFault(request);
    simulation.faults.add({ ...fault });
    return reply.code(201).send(fault);
  });

  app.delete('/faults', async (_request, reply) => {
    simulation.faults.clear();
    return reply.code(204).send();
  });

  app.get('/requests', async () => simulation.requests.all());

  app.post('/settings', async (request) => {
    simulation.settings = readControl(Settings, request);
    return simulation.settings;
  });

  app.post('/events', async (request) => {
    const event = readControl(WorldEvent, request);
    const moment = simulation.moment();
    const shown = happen(moment, event).map((id) => showForwarding(moment, id));
    return shown.length === 1 ? shown[0] : shown;
  });

  app.post('/orders', async (request, reply) => {
    const bought = readControl(Purchase, request);
    const moment = simulation.moment();
    return reply.code(201).send(showOrder(moment, purchase(moment, bought)));
  });

  app.post('/cancellations', async (request) => {
    const silentEnd = readControl(SilentEnd, request);
    const moment = simulation.moment();
    endSilently(moment, silentEnd);
    return showForwarding(moment, silentEnd.listingId);
  });

  app.post('/webhooks', async (request, reply) => {
    const mischief = readControl(Mischief, request);
    simulation.outbox.play(mischief);
    return reply.code(201).send(mischief);
  });

  app.get('/webhooks', async () => simulation.outbox.all());

  app.delete('/', async (_request, reply) => {
    await simulation.forgetEverything();
    return reply.code(204).send();
  });
}
