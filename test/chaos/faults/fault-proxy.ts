import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type LocalServer, startServer } from '../../../infra/local/listen.ts';
import type { Call, Fault, FaultyAnswer } from './fault.ts';

export interface FaultProxyOptions {
  /** The service, with or without a base path that all calls share. */
  readonly target: string;
  readonly operationOf: (call: Omit<Call, 'operation'>) => string;
  readonly faultOf: (call: Call) => Fault | undefined;
  /** Told what the service itself answered, before the caller is, whatever the caller will hear. */
  readonly onAnswer?: (call: Call, status: number, body: string) => void;
}

interface RealAnswer extends FaultyAnswer {
  readonly headers: Record<string, string>;
}

/** Stands before a service and disturbs calls: they fail before the service heard of them, or after it did what was asked. */
export async function faultProxy(options: FaultProxyOptions): Promise<LocalServer> {
  const { hostname, port, pathname } = new URL(options.target);
  const base = pathname === '/' ? '' : pathname;
  const agent = new Agent({ keepAlive: true });

  const ask = (call: Call, headers: IncomingMessage['headers']): Promise<RealAnswer> =>
    new Promise((resolve, reject) => {
      const { method, path, target, body } = call;
      const onward = send({
        ...{ hostname, port, method, agent, path: base + path },
        headers: {
          ...headers,
          ...(target && { 'x-amz-target': target }),
          'content-length': Buffer.byteLength(body),
        },
      });
      onward.on('error', reject);
      onward.on('response', (answer) => {
        textOf(answer).then((text) => {
          const { connection, 'transfer-encoding': _chunks, ...rest } = answer.headers;
          resolve({
            status: answer.statusCode ?? 502,
            headers: rest as Record<string, string>,
            body: text,
          });
        }, reject);
      });
      onward.end(body);
    });

  const server = await startServer(async (request, response) => {
    try {
      const { method = 'GET', url = '/', headers } = request;
      const header = headers['x-amz-target'];
      const asked = {
        method,
        path: url.slice(base.length),
        target: typeof header === 'string' ? header : undefined,
        body: await textOf(request),
      };
      const call = { ...asked, operation: options.operationOf(asked) };
      const fault = options.faultOf(call);
      if (fault?.lateMs) await wait(fault.lateMs);
      const reached =
        fault && !fault.reaches ? undefined : await ask({ ...call, ...fault?.instead?.(call) }, headers);
      if (reached) options.onAnswer?.(call, reached.status, reached.body);
      const answer = fault && fault.answer !== 'real' ? fault.answer : (reached ?? 'drop');
      // One that is held ends with the caller's own patience, which closes the connection.
      if (answer !== 'hold') tell(response, answer);
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

function tell(response: ServerResponse, answer: FaultyAnswer | 'drop'): void {
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
