import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type LocalServer, startServer } from '../../infra/local/listen.ts';

/** A call on its way to a service. */
export interface Call {
  readonly method: string;
  /** Below the base path of the service. */
  readonly path: string;
  /** The operation's name, such as `UpdateItem`, `Publish` or `PUT /listings/cancel/7`. */
  readonly operation: string;
  /** The header in which AWS's JSON protocols name the operation. */
  readonly target: string | undefined;
  readonly body: string;
}

/** What a caller gets in place of the real answer. */
export interface FaultyAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** One way in which a call goes wrong. */
export interface ProxyFault {
  /** Whether the call reaches the service, which then carries it out. */
  readonly reaches: boolean;
  /** `real`: what the service said. `drop`: the connection is closed. `hold`: nothing, until the caller gives up. */
  readonly answer: FaultyAnswer | 'real' | 'drop' | 'hold';
  /** How much later the call reaches the service, in real milliseconds. */
  readonly lateMs?: number;
  /** What reaches the service instead of the call. */
  readonly instead?: (call: Call) => Partial<Call>;
}

export interface ProxyHooks {
  /** Sees every call, repeated attempts of a client included, and may make it go wrong. */
  readonly onCall: (call: Call) => ProxyFault | undefined;
  /** Gets the answer of the service itself, before the caller gets any. */
  readonly onAnswer?: (call: Call, status: number, body: string) => void;
}

interface RealAnswer extends FaultyAnswer {
  readonly headers: Record<string, string>;
}

/**
 * Stands before a local service: counts calls, and makes some of them fail before or after the service carries them out.
 * @param target the service, with or without a base path that all calls share
 */
export async function httpProxy(target: string, { onCall, onAnswer }: ProxyHooks): Promise<LocalServer> {
  const { hostname, port, pathname } = new URL(target);
  const base = pathname === '/' ? '' : pathname;
  const agent = new Agent({ keepAlive: true });

  const forward = (call: Call, headers: IncomingMessage['headers']): Promise<RealAnswer> =>
    new Promise((resolve, reject) => {
      const { method, path, target: operation, body } = call;
      const onward = send({
        ...{ hostname, port, method, agent, path: base + path },
        headers: {
          ...headers,
          ...(operation && { 'x-amz-target': operation }),
          'content-length': Buffer.byteLength(body),
        },
      });
      onward.on('error', reject);
      onward.on('response', (answer) => {
        textOf(answer).then((text) => {
          const { connection, 'transfer-encoding': _chunks, ...rest } = answer.headers;
          const status = answer.statusCode ?? 502;
          resolve({ status, headers: rest as Record<string, string>, body: text });
        }, reject);
      });
      onward.end(body);
    });

  const server = await startServer(async (request, response) => {
    try {
      const call = await callOf(request, base);
      const fault = onCall(call);
      if (fault?.lateMs) await wait(fault.lateMs);
      const isForwarded = !fault || fault.reaches;
      const reached = isForwarded
        ? await forward({ ...call, ...fault?.instead?.(call) }, request.headers)
        : undefined;
      if (reached) onAnswer?.(call, reached.status, reached.body);
      const answer = fault && fault.answer !== 'real' ? fault.answer : (reached ?? 'drop');
      // Without an answer the caller gives up, and closes the connection.
      if (answer !== 'hold') respond(response, answer);
    } catch {
      response.destroy();
    }
  });
  return {
    url: `${server.url}${base}`,
    [Symbol.asyncDispose]: () => {
      agent.destroy();
      return server[Symbol.asyncDispose]();
    },
  };
}

async function callOf(request: IncomingMessage, base: string): Promise<Call> {
  const { method = 'GET', url = '/', headers } = request;
  const header = headers['x-amz-target'];
  const target = typeof header === 'string' ? header : undefined;
  const path = url.slice(base.length);
  const body = await textOf(request);
  return { method, path, target, body, operation: operationOf({ method, path, target, body }) };
}

/**
 * AWS's JSON protocols name the operation in a header, such as `DynamoDB_20120810.Query`. SNS speaks the query protocol, in
 * which it is the field `Action` of the form. IGF is called by paths.
 */
function operationOf({ method, path, target, body }: Omit<Call, 'operation'>): string {
  const action = /(?:^|&)Action=(\w+)/.exec(body)?.[1];
  return target?.split('.').at(-1) ?? action ?? `${method} ${path.split('?')[0]}`;
}

function respond(response: ServerResponse, answer: FaultyAnswer | 'drop'): void {
  if (answer === 'drop') response.destroy();
  else
    response
      .writeHead(answer.status, { ...answer.headers, 'content-length': Buffer.byteLength(answer.body) })
      .end(answer.body);
}

async function textOf(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
