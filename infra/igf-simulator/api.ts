import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { jsonOf, jsonOrText } from './body.ts';
import { codeOf, invalid, notFound, Refusal } from './errors.ts';
import { type Answer, commits, disturbed } from './faults.ts';
import type { Operation } from './operation.ts';
import { operations } from './operations.ts';
import type { RecordedRequest } from './request-log.ts';
import type { Simulation } from './simulation.ts';

export const basePath = '/api/v1';

export interface ApiOptions {
  readonly simulation: Simulation;
  /** Told of each request once it is answered, or will never be (status null). */
  readonly onRequest: (request: { method: string; path: string; status: number | null }) => void;
}

/** Mounts every operation under the base path: record the request, check the key, take the next fault, run, answer. */
export async function api(app: FastifyInstance, { simulation, onRequest }: ApiOptions): Promise<void> {
  const recorded = new WeakMap<FastifyRequest, RecordedRequest>();

  app.addHook('onRequest', async (request) => {
    recorded.set(request, simulation.requests.arrived(request.method, request.url.slice(basePath.length)));
  });

  app.addHook('preHandler', async (request) => {
    const record = recorded.get(request);
    if (record) record.body = jsonOrText(request.body);
    if (request.headers['api-key'] !== simulation.store.tenant.apiKey) {
      throw new Refusal(401, codeOf(401), 'The api-key header is missing or wrong', 'api-key');
    }
  });

  // Before the answer is written: who reads it and then asks for the requests finds its status there.
  app.addHook('onSend', async (request, reply) => settle(request, reply.statusCode));

  app.setNotFoundHandler(({ method, url }) => {
    throw notFound(`The operation ${method} ${url.slice(basePath.length)}`);
  });

  for (const operation of operations) {
    const [method = '', template = ''] = operation.name.split(' ');
    app.route({ method, url: template.replaceAll(/\{(\w+)\}/g, ':$1'), handler: handlerOf(operation) });
  }

  function handlerOf(operation: Operation) {
    return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const fault = simulation.faults.take(operation.name);
      if (fault === undefined) return send(reply, attempt(operation, request));

      const real = commits(fault) ? attempt(operation, request) : undefined;
      const callerIsThere = await heldBack(reply, fault.delayMs ?? 0);
      const answer = disturbed(fault, real);
      if (answer && callerIsThere) return send(reply.headers(fault.headers ?? {}), answer);

      reply.hijack();
      request.raw.socket.destroy();
      settle(request, null);
      return reply;
    };
  }

  function attempt(operation: Operation, request: FastifyRequest): Answer {
    try {
      const body = operation.run({
        ...simulation.moment(),
        params: request.params as Record<string, string>,
        query: request.url.split('?').slice(1).join('?'),
        body: bodyOf(request),
      });
      return { status: operation.status, body };
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }

  function settle(request: FastifyRequest, status: number | null): void {
    const record = recorded.get(request);
    if (!record) return;
    record.status = status;
    onRequest({ method: record.method, path: record.path, status });
  }
}

function send(reply: FastifyReply, { status, body }: Answer): FastifyReply {
  return reply.code(status).send(body);
}

/** Waits; false when the caller left before the time was over. */
async function heldBack(reply: FastifyReply, delayMs: number): Promise<boolean> {
  if (delayMs === 0) return true;
  const left = new AbortController();
  reply.raw.once('close', () => left.abort());
  return wait(delayMs, true, { signal: left.signal }).catch(() => false);
}

function bodyOf(request: FastifyRequest): unknown {
  if (request.body && !/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw invalid([{ path: 'content-type', message: 'must be application/json' }]);
  }
  return jsonOf(request.body);
}
