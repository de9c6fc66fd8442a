import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { host, type Ports, portVariables } from '../local-services.ts';
import { guard } from './iam/guard.ts';

/** An HTTP server of this machine. */
export interface LocalServer extends AsyncDisposable {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
}

/**
 * Starts an HTTP server on 127.0.0.1; port 0 takes any free one. The gateway and the AWS stubs use `node:http`, because
 * they work on raw bytes and raw paths. fastify's parsing of both would have to be switched off.
 * @param iam makes it an AWS service that looks at permissions, see `guard`
 * @throws the system's error, see `portUnavailable`
 */
export async function startServer(listener: RequestListener, port = 0, iam?: string): Promise<LocalServer> {
  const server = createServer(listener);
  guard(server, iam);
  // A client that pauses finds its connection open again.
  server.keepAliveTimeout = 60_000;
  const found = await listen(server, port);
  return {
    url: `http://${host}:${found}`,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Listens on 127.0.0.1. @returns the port @throws the system's error, see `portUnavailable` */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/**
 * Turns a failed listen into one line that names the variable of the port, and throws any other error as it is:
 * `startServer(listener, port).catch(portUnavailable('api', port))`.
 */
export const portUnavailable =
  (name: keyof Ports, port: number) =>
  (error: unknown): never => {
    const problem = { EADDRINUSE: 'taken', EACCES: 'not allowed' }[String(Object(error).code)];
    if (!problem) throw error;
    const { service, variable } = portVariables[name];
    throw new Error(
      `Port ${port} for ${service} is ${problem}: set ${variable} to another port, or to 0 for any free one.`,
    );
  };
