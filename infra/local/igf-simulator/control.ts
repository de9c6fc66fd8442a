import type { FastifyInstance } from 'fastify';
import { jsonOf } from './body.ts';
import { codeOf, type Problem, Refusal } from './errors.ts';
import { Fault } from './faults.ts';
import { operations } from './operations.ts';
import { read } from './reading.ts';
import type { Simulation } from './simulation.ts';

const known = ['*', ...operations.map((operation) => operation.name)];

/** The simulator's own surface, beside the API and without a key: make it misbehave, see what reached it, start afresh. */
export async function control(
  app: FastifyInstance,
  { simulation }: { simulation: Simulation },
): Promise<void> {
  app.post('/faults', async (request, reply) => {
    const fault = readFault(request.body);
    simulation.faults.add({ ...fault });
    return reply.code(201).send(fault);
  });

  app.get('/requests', async () => simulation.requests.all());

  app.delete('/', async (_request, reply) => {
    simulation.forgetEverything();
    return reply.code(204).send();
  });
}

function readFault(body: unknown): Fault {
  const fault = read(Fault, jsonOf(body), unclear);
  if (!known.includes(fault.operation)) {
    throw unclear([{ path: 'operation', message: `must be one of: ${known.join(', ')}` }]);
  }
  return fault;
}

/** Read by a person at a terminal: all that is wrong stands in the message itself. */
function unclear(problems: readonly Problem[]): Refusal {
  const message = problems.map(({ path, message }) => `${path}: ${message}`).join('; ');
  return new Refusal(400, codeOf(400), message, problems);
}
