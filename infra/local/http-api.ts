import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Failure } from './execution-environment.ts';
import { type HttpAnswer, readAnswer } from './http-answer.ts';
import { httpEvent } from './http-event.ts';
import { findRoute, type RouteMatch, shownPath } from './http-routes.ts';
import type { LambdaFunction } from './lambda-function.ts';
import { asPortUnavailable, host, listen } from './listen.ts';
import type { RoutePart } from './stack-parts.ts';

/** What happened at the gateway, for who watches. What a function answers, the function itself tells. */
export type GatewayEvent =
  | { readonly kind: 'received'; readonly route: string }
  | { readonly kind: 'failed'; readonly route: string; readonly failure: Failure }
  /** The gateway answered by itself. The path shows nothing that may be a secret of a route. */
  | { readonly kind: 'answered'; readonly method: string; readonly path: string; readonly status: number };

export interface ApiRoutes {
  readonly routes: readonly RoutePart[];
  readonly stageName: string;
  readonly functions: ReadonlyMap<string, LambdaFunction>;
}

export interface HttpApi {
  /** Such as `http://127.0.0.1:3000`. */
  readonly url: string;
  /** Requests that come earlier wait for this. */
  serve(routes: ApiRoutes): void;
  close(): Promise<void>;
}

const bodyLimit = 10 * 1024 * 1024;

/**
 * Starts the stand-in for the HTTP API of API Gateway. It listens at once, so that a taken port is known before the
 * stack is synthesized.
 * @throws PortUnavailable
 */
export async function startHttpApi(
  port: number,
  now: () => number,
  onEvent: (event: GatewayEvent) => void,
): Promise<HttpApi> {
  const ready = Promise.withResolvers<ApiRoutes>();
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    if (body === 'aborted') return;
    const requestId = randomUUID();
    const api = await ready.promise;
    const answer = await answerOf(api, request, body, requestId);
    if (typeof answer === 'object' && send(response, requestId, answer)) return;
    const status = typeof answer === 'object' ? 500 : answer;
    const path = shownPath(api.routes, pathOf(request));
    onEvent({ kind: 'answered', method: request.method ?? '', path, status });
    send(response, requestId, ownAnswer(status));
  });

  /** The function's answer, or the status that the gateway answers by itself. */
  const answerOf = async (
    api: ApiRoutes,
    request: IncomingMessage,
    body: Buffer | 'too large',
    requestId: string,
  ): Promise<HttpAnswer | OwnStatus> => {
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
    if (invocation.ok) return readAnswer(invocation.payload);
    onEvent({ kind: 'failed', route: routeKey, failure: invocation.failure });
    return 500;
  };

  try {
    const found = await listen(server, port);
    return {
      url: `http://${host}:${found}`,
      serve: ready.resolve,
      close: () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
  } catch (error) {
    throw asPortUnavailable(error, 'api', port);
  }
}

const ownMessages = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
type OwnStatus = keyof typeof ownMessages;

const ownAnswer = (status: OwnStatus): HttpAnswer => ({
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

/** Reads to the end even what is too large: a client that still writes would not hear the answer. */
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
  { status, headers, body, cookies }: HttpAnswer,
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
