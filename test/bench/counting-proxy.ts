import { type IncomingMessage, request as send } from 'node:http';
import { type LocalServer, startServer } from '../../infra/local/listen.ts';

/** How often each operation was called, by its name: `Query`, `SendMessage`, `POST /listings`. */
export type Calls = Readonly<Record<string, number>>;

export interface CountingProxy extends LocalServer {
  /** What came through since this was last asked. */
  take(): Calls;
}

/**
 * Stands before a local service and counts what reaches it on the wire, repeated attempts of a client included.
 * @param target the service, with or without a base path that all calls share.
 */
export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port, pathname: base } = new URL(target);
  let calls: Record<string, number> = {};

  const server = await startServer((incoming, outgoing) => {
    const name = operationOf(incoming, base);
    calls[name] = (calls[name] ?? 0) + 1;
    const { method, url: path, headers } = incoming;
    const onward = send({ hostname, port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });

  return {
    ...server,
    url: `${server.url}${base === '/' ? '' : base}`,
    take: () => {
      const taken = calls;
      calls = {};
      return taken;
    },
  };
}

/** AWS's JSON protocols name the operation in a header, such as `DynamoDB_20120810.Query`; IGF is called by paths. */
function operationOf({ headers, method = '', url = '' }: IncomingMessage, base: string): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.split('.').at(-1) ?? target;
  return `${method} ${url.split('?')[0]?.slice(base === '/' ? 0 : base.length)}`;
}

export const total = (calls: Calls): number => Object.values(calls).reduce((sum, count) => sum + count, 0);
