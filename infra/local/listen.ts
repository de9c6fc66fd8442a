import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { host, type Ports, portVariables, services } from '../local-services.ts';
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
 * @throws the system's error
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

/** Listens on 127.0.0.1. @returns the port @throws the system's error */
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
 * Looks at the ports before anything starts.
 * @throws Error with one line that names every port that can't be used, and a command with free ones in their place
 */
export async function requirePorts(ports: Ports): Promise<void> {
  const problems: string[] = [];
  const settings: string[] = [];
  const chosen = new Set(Object.values(ports));
  for (const name of services) {
    const { variable, usual, service } = portVariables[name];
    const problem = await problemOf(ports[name]);
    let port = ports[name];
    if (problem) problems.push(`${port} for ${service} is ${problem}`);
    while (await problemOf(port)) {
      do port = port < 65535 ? port + 1 : 0;
      while (port !== 0 && chosen.has(port));
    }
    chosen.add(port);
    if (port !== usual) settings.push(`${variable}=${port}`);
  }
  if (problems.length === 0) return;
  throw new Error(`Port ${problems.join(', port ')}: type ${settings.join(' ')} npm start`);
}

/** Why nothing can listen on the port; undefined when something can. */
async function problemOf(port: number): Promise<string | undefined> {
  const probe = createServer();
  try {
    await listen(probe, port);
    await probe[Symbol.asyncDispose]();
    return undefined;
  } catch (error) {
    const problem = { EADDRINUSE: 'taken', EACCES: 'not allowed' }[String(Object(error).code)];
    if (!problem) throw error;
    return problem;
  }
}
