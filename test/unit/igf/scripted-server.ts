import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { IgfClientOptions } from '../../../lib/igf/client.ts';
import { workerIgf } from '../../../lib/igf/worker-igf.ts';

export interface ReceivedCall {
  method: string;
  /** With its query, as it was on the wire. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}
type Answer = (response: ServerResponse, received: ReceivedCall) => void;

export const apiKey = 'igf-key-7f3a';

/** An HTTP server for each test of the file that calls this, whose answers the test sets. */
export function scriptedServer() {
  const received: ReceivedCall[] = [];
  const calls: unknown[] = [];
  let answer: Answer = (response) => response.destroy();
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const { method = '', url: path = '', headers } = request;
    const entry = { method, path, headers, body };
    received.push(entry);
    answer(response, entry);
  });

  beforeAll(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  beforeEach(() => {
    received.length = 0;
    calls.length = 0;
    answer = (response) => response.destroy();
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  });

  const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v1`;
  return {
    received,
    /** The calls of `onCall`. */
    calls,
    address,
    /** Answers every call with this status and body (text as it is, anything else as JSON). */
    answers(status: number, body: unknown, headers: Record<string, string> = {}): void {
      answer = (response) => {
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(typeof body === 'string' ? body : JSON.stringify(body));
      };
    },
    /** Handles every call by the function of the test. */
    does(next: Answer): void {
      answer = next;
    },
    client: (options: Partial<IgfClientOptions> = {}) =>
      workerIgf({
        baseUrl: address(),
        apiKey: async () => apiKey,
        timeoutMs: 2000,
        now: () => Date.parse('2024-03-11T12:00:00Z'),
        onCall: (call) => calls.push(call),
        ...options,
      }),
  };
}

/** The error that a call ends with. */
export async function failureOf(call: Promise<unknown>): Promise<Error & Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    return error as Error & Record<string, unknown>;
  }
  throw new Error('The call was expected to fail.');
}
