import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyReply } from 'fastify';
import { type ApiOptions, apiRoutes, basePath } from './api/routes.ts';
import { controlRoutes } from './control/routes.ts';
import { notFound, toRefusal } from './errors.ts';
import { Simulation } from './simulation.ts';

/*
 * The IGF simulator stands in for ItGoesForward under `npm start` and in tests. It is a second reading of the
 * vendor document. It shares no code with the IGF client, so a difference between them shows a wrong reading.
 *
 * - `requests.ts` The bodies of requests. The rows of the store have their fields.
 * - `api/`        The 64 operations: a table of each group, request schemas, response shape.
 * - `lifecycle/`  The changes at IGF: purchase, shipping, refunds, cancellation, bans, deadlines.
 * - `webhooks/`   The delivery to subscribers, and the faults that disturb it.
 * - `control/`    `/_simulator`: faults, events on demand, recorded requests, settings, reset.
 *
 * Imports go one way: `control` to `api` to `lifecycle` to `store.ts`.
 * `simulation.ts` holds the state between requests.
 */

interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The key that callers must send as `api-key`. */
  readonly apiKey: string;
  /** Milliseconds since 1970; every time in an answer comes from here. */
  readonly now?: () => number;
  readonly onRequest?: ApiOptions['onRequest'];
}

export type Simulator = Awaited<ReturnType<typeof startIgfSimulator>>;

/**
 * Starts a simulator with its state in memory: the API of the vendor document under `/api/v1`, and its
 * controls under `/_simulator`. Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startIgfSimulator(options: SimulatorOptions) {
  const { now = Date.now, onRequest = () => {} } = options;
  const simulation = new Simulation(options.apiKey, now);
  const app = Fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: (error, _request, reply) => refuse(error, reply),
  });

  // A body stays text until an operation reads it, so that a broken body is recorded and refused like any other.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setErrorHandler((error, _request, reply) => refuse(error, reply));
  app.setNotFoundHandler(({ method, url }) => {
    throw notFound(`${method} ${url}`, `The API is under ${basePath}, its controls are under /_simulator`);
  });
  app.register(apiRoutes, { prefix: basePath, simulation, onRequest });
  app.register(controlRoutes, { prefix: '/_simulator', simulation });

  await app.listen({ port: options.port, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  // Deadlines pass, and send webhooks, without any request.
  const clock = setInterval(() => simulation.context(), 250).unref();

  return {
    /** Base URL of the API, for example `http://127.0.0.1:4010/api/v1`. */
    url: `http://127.0.0.1:${port}${basePath}`,
    /**
     * To be called when the setup is done. `DELETE /_simulator` restores the present subscriptions from now on.
     * Clears the recorded requests.
     */
    markBaseline: () => simulation.markBaseline(),
    /** Ends at once, delayed answers and undelivered webhooks included. Nothing runs on in the background. */
    close: async (): Promise<void> => {
      clearInterval(clock);
      await Promise.all([app.close(), simulation.outbox.stop()]);
    },
  };
}

function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  const { status, body } = toRefusal(error);
  return reply.code(status).send(body);
}
