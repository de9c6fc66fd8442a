import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { host } from '../local-services.ts';
import { type GatewayAnswer, httpEvent, readGatewayAnswer } from './http-payload.ts';
import { findRoute, printablePath, type RouteMatch } from './http-routes.ts';
import type { Failure, LambdaFunction } from './lambda-function.ts';
import { type LocalServer, portUnavailable, startServer } from './listen.ts';
import type { RoutePart } from './stack-parts.ts';

/** What happened at the gateway. A function logs its own answers. */
export type GatewayEvent =
  | { readonly kind: 'received'; readonly route: string }
  | { readonly kind: 'failed'; readonly route: string; readonly failure: Failure }
  /** The gateway answered by itself. The path contains nothing that may be a secret of a route. */
  | { readonly kind: 'answered'; readonly method: string; readonly path: string; readonly status: number };

interface ApiRoutes {
  readonly routes: readonly RoutePart[];
  readonly stageName: string;
  readonly functions: ReadonlyMap<string, Pick<LambdaFunction, 'invoke'>>;
}

export interface HttpApi extends LocalServer {
  /** Earlier requests wait for this. */
  serve(routes: ApiRoutes): void;
}

const bodyLimit = 10 * 1024 * 1024;

/**
 * Starts the stand-in for API Gateway's HTTP API. It listens at once, so that a taken port is found before the stack is
 * synthesized.
 * @throws Error with one line when the port can't be taken
 */
export async function startHttpApi(
  port: number,
  now: () => number,
  onEvent: (event: GatewayEvent) => void,
): Promise<HttpApi> {
  const ready = Promise.withResolvers<ApiRoutes>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    if (body === 'aborted') return;
    const requestId = randomUUID();
    const api = await ready.promise;
    const answer = await answerOf(api, request, body, requestId);
    if (typeof answer === 'object' && send(response, requestId, answer)) return;
    const status = typeof answer === 'object' ? 500 : answer;
    const path = printablePath(api.routes, pathOf(request));
    onEvent({ kind: 'answered', method: request.method ?? '', path, status });
    send(response, requestId, ownAnswer(status));
  };

  /** The function's answer, or the status that the gateway answers by itself. */
  const answerOf = async (
    api: ApiRoutes,
    request: IncomingMessage,
    body: Buffer | 'too large',
    requestId: string,
  ): Promise<GatewayAnswer | OwnStatus> => {
    const match = matchStage(api, request);
    const lambda = match && api.functions.get(match.route.functionName);
    if (!match || !lambda) return 404;
    if (body === 'too large') return 413;
    const { routeKey, timeoutMs } = match.route;
    onEvent({ kind: 'received', route: routeKey });
    const event = httpEvent({
      method: request.method ?? 'GET',
      target: request.url ?? '/',
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? host,
      protocol: `HTTP/${request.httpVersion}`,
      requestId,
      routeKey,
      pathParameters: match.pathParameters,
      stage: api.stageName,
      receivedAt: now(),
    });
    const limit = sleep(timeoutMs, 'late' as const, { ref: false });
    const invocation = await Promise.race([lambda.invoke(event), limit]);
    if (invocation === 'late') return 503;
    if (invocation.ok) return readGatewayAnswer(invocation.payload);
    onEvent({ kind: 'failed', route: routeKey, failure: invocation.failure });
    return 500;
  };

  const server = await startServer(handle, port).catch(portUnavailable('api', port));
  return { ...server, serve: ready.resolve };
}

const ownMessages = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
type OwnStatus = keyof typeof ownMessages;

const ownAnswer = (status: OwnStatus): GatewayAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message: ownMessages[status] })),
});

const pathOf = (request: IncomingMessage): string => request.url?.split('?')[0] ?? '/';

/** A stage other than `$default` is the first segment of every path. */
function matchStage({ routes, stageName }: ApiRoutes, request: IncomingMessage): RouteMatch | undefined {
  const path = pathOf(request);
  const prefix = stageName === '$default' ? '' : `/${stageName}`;
  if (!path.startsWith(`${prefix}/`)) return undefined;
  return findRoute(routes, request.method ?? 'GET', path.slice(prefix.length));
}

/** Reads even a too large body to its end: a client that is still writing would not read the answer. */
async function readBody(request: IncomingMessage): Promise<Buffer | 'too large' | 'aborted'> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= bodyLimit) chunks.push(chunk);
      else chunks.length = 0;
    }
  } catch {
    return 'aborted';
  }
  return size <= bodyLimit ? Buffer.concat(chunks) : 'too large';
}

/** @returns false when the answer can't be sent, such as with a header that HTTP does not allow. */
function send(
  response: ServerResponse,
  requestId: string,
  { status, headers, body, cookies }: GatewayAnswer,
): boolean {
  try {
    const all = { ...headers, ...(cookies && { 'set-cookie': [...cookies] }) };
    response.writeHead(status, { ...all, 'content-length': body.length, 'apigw-requestid': requestId });
    response.end(body);
    return true;
  } catch {
    return false;
  }
}
