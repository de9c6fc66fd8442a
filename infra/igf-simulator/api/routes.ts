import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { invalid, notFound, Refusal } from '../errors.ts';
import { commits, faultyAnswer, type SimulatedAnswer, takeFault } from '../faults.ts';
import type { RecordedRequest, Simulation } from '../simulation.ts';
import { backOfficeOperations } from './back-office.ts';
import { customerOperations } from './customers.ts';
import { listingOperations } from './listings.ts';
import { type OperationCall, type Operations, parseBody } from './operation.ts';
import { orderOperations } from './orders.ts';
import { regularReturnOperations } from './regular-returns.ts';
import { retailerOperations } from './retailer.ts';
import { shipmentOperations } from './shipments.ts';

/** Every operation of the vendor document. */
export const simulatedOperations: Operations = {
  ...listingOperations,
  ...orderOperations,
  ...shipmentOperations,
  ...customerOperations,
  ...backOfficeOperations,
  ...retailerOperations,
  ...regularReturnOperations,
};

export const basePath = '/api/v1';

export interface ApiOptions {
  readonly simulation: Simulation;
  /** Called for each request once it is answered, or will never be (status null). */
  readonly onRequest: (request: { method: string; path: string; status: number | null }) => void;
}

/** Registers every operation: record the request, check the key, take the next fault, run, answer. */
export async function apiRoutes(app: FastifyInstance, { simulation, onRequest }: ApiOptions): Promise<void> {
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>();

  app.addHook('onRequest', async (request) => {
    const { method, url } = request;
    const record = { method, path: url.slice(basePath.length), body: null, status: null };
    simulation.requests.push(record);
    recorded.set(request, record);
  });

  app.addHook('preHandler', async (request) => {
    const record = recorded.get(request);
    if (record) record.body = jsonOrText(request.body);
    if (request.headers['api-key'] !== simulation.store.apiKey) {
      throw new Refusal(401, 'The api-key header is missing or wrong', 'api-key');
    }
  });

  // Before the answer is written: a caller who reads it and then gets the requests finds its status there.
  app.addHook('onSend', async (request, reply) => recordStatus(request, reply.statusCode));

  app.setNotFoundHandler(({ method, url }) => {
    throw notFound(`The operation ${method} ${url.slice(basePath.length)}`);
  });

  for (const [name, [status, operate]] of Object.entries(simulatedOperations)) {
    const [method = '', template = ''] = name.split(' ');
    const run = (request: FastifyRequest): SimulatedAnswer => {
      try {
        return { status, body: operate(callOf(request)) };
      } catch (error) {
        if (error instanceof Refusal) return error;
        throw error;
      }
    };
    app.route({
      method,
      url: template.replaceAll(/\{(\w+)\}/g, ':$1'),
      handler: async (request, reply) => {
        const fault = takeFault(simulation.faults, name);
        if (fault === undefined) return send(reply, run(request));

        const real = commits(fault) ? run(request) : undefined;
        const isCallerThere = await delay(reply, fault.delayMs ?? 0);
        const answer = faultyAnswer(fault, real);
        if (answer && isCallerThere) return send(reply.headers(fault.headers ?? {}), answer);

        reply.hijack();
        request.raw.socket.destroy();
        recordStatus(request, null);
        return reply;
      },
    });
  }

  function callOf(request: FastifyRequest): OperationCall {
    return {
      ...simulation.context(),
      params: request.params as Record<string, string>,
      query: request.url.split('?').slice(1).join('?'),
      body: bodyOf(request),
    };
  }

  function recordStatus(request: FastifyRequest, status: number | null): void {
    const record = recorded.get(request);
    if (!record) return;
    record.status = status;
    onRequest({ method: record.method, path: record.path, status });
  }
}

function send(reply: FastifyReply, { status, body }: SimulatedAnswer): FastifyReply {
  return reply.code(status).send(body);
}

/** @returns false when the caller left before the time was over */
async function delay(reply: FastifyReply, delayMs: number): Promise<boolean> {
  if (delayMs === 0) return true;
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return wait(delayMs, true, { signal: left.signal }).catch(() => false);
}

function bodyOf(request: FastifyRequest): unknown {
  if (request.body && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw invalid([{ path: 'content-type', message: 'must be application/json' }]);
  }
  return parseBody(request.body);
}

function jsonOrText(text: unknown): unknown {
  try {
    return parseBody(text) ?? null;
  } catch {
    return text;
  }
}
