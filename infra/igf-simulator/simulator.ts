import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyReply } from 'fastify';
import { type ApiOptions, api, basePath } from './api.ts';
import { control } from './control.ts';
import { notFound, refusalOf } from './errors.ts';
import { Simulation } from './simulation.ts';

export interface SimulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  /** The key that callers must send as `api-key`. */
  readonly apiKey: string;
  /** Milliseconds since 1970; every time in an answer comes from here. */
  readonly now?: () => number;
  readonly onRequest?: ApiOptions['onRequest'];
}

export interface Simulator {
  /** Base URL of the API, for example `http://127.0.0.1:4010/api/v1`. */
  readonly url: string;
  readonly port: number;
  /**
   * Says that the world is set up: `DELETE /_simulator` goes back to the subscriptions of this moment, and what was
   * asked for until now is not told.
   */
  beginHere(): void;
  /** Ends at once, held-back answers and webhooks that are not delivered yet included; nothing runs on behind it. */
  close(): Promise<void>;
}

/**
 * Starts an ItGoesForward of one's own: the API of the vendor document under `/api/v1`, its state in memory, and
 * `/_simulator` beside it to make it misbehave, to let the world go on and to see what came and went. Rejects when the port is taken (`EADDRINUSE`).
 */
export async function startIgfSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { now = Date.now, onRequest = () => {} } = options;
  const simulation = new Simulation(options.apiKey, now);
  const app = Fastify({
    exposeHeadRoutes: false,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 1000 },
    frameworkErrors: (error, _request, reply) => refuse(error, reply),
  });

  // Bodies stay text until an operation reads them, so that a broken one is recorded and refused like any other request.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => done(null, text));
  app.setErrorHandler((error, _request, reply) => refuse(error, reply));
  app.setNotFoundHandler(({ method, url }) => {
    throw notFound(`${method} ${url}`, `The API is under ${basePath}, its controls are under /_simulator`);
  });
  app.register(api, { prefix: basePath, simulation, onRequest });
  app.register(control, { prefix: '/_simulator', simulation });

  await app.listen({ port: options.port, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  // Deadlines pass although nobody asks.
  const clock = setInterval(() => simulation.moment(), 250).unref();

  async function close(): Promise<void> {
    clearInterval(clock);
    await Promise.all([app.close(), simulation.outbox.stop()]);
  }
  return {
    url: `http://127.0.0.1:${port}${basePath}`,
    port,
    beginHere: () => simulation.beginHere(),
    close,
  };
}

function refuse(error: unknown, reply: FastifyReply): FastifyReply {
  const { status, body } = refusalOf(error);
  return reply.code(status).send(body);
}
