import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { host } from '../local-services.ts';
import { type GatewayAnswer, httpEvent, jsonAnswer, readGatewayAnswer } from './http-payload.ts';
import { findRoute, printablePath } from './http-routes.ts';
import type { Failure, LambdaFunction } from './lambda-function.ts';
import { startServer } from './listen.ts';
import type { StackParts } from './stack-parts.ts';

/** What happened at the gateway. A function logs its own answers. */
export type GatewayEvent =
  | { readonly kind: 'received'; readonly route: string }
  | { readonly kind: 'failed'; readonly route: string; readonly failure: Failure }
  /** The gateway answered by itself. The path contains nothing that may be a secret of a route. */
  | { readonly kind: 'answered'; readonly method: string; readonly path: string; readonly status: number }
  /** Every answer: the values of the access log's variables, such as `$context.status`. */
  | { readonly kind: 'logged'; readonly context: Readonly<Record<string, string | number>> };

interface ApiRoutes extends Pick<StackParts, 'routes'> {
  readonly functions: ReadonlyMap<string, Pick<LambdaFunction, 'invoke'>>;
  /** Answers what is below `/_local`: API Gateway has no such paths. */
  readonly local?: RequestListener;
}

const bodyLimit = 10 * 1024 * 1024;

/** Starts the stand-in for API Gateway's HTTP API. Requests wait until the stack is synthesized. */
export async function startHttpApi(
  port: number,
  now: () => number,
  onEvent: (event: GatewayEvent) => void = () => {},
) {
  const ready = Promise.withResolvers<ApiRoutes>();

  /** The function's answer, or the status that the gateway answers by itself. */
  const answerOf = async (
    { routes, functions }: ApiRoutes,
    request: IncomingMessage,
    body: Buffer,
    /** The values of the access log's variables. */
    context: Record<string, string | number> & { readonly requestId: string },
  ): Promise<GatewayAnswer | OwnStatus> => {
    const { method = 'GET', url: target = '/' } = request;
    const match = findRoute(routes, method, pathOf(request));
    const lambda = match && functions.get(match.route.functionName);
    if (!match || !lambda) return 404;
    if (body.length > bodyLimit) return 413;
    const { routeKey, timeoutMs } = match.route;
    context.routeKey = routeKey;
    onEvent({ kind: 'received', route: routeKey });
    const receivedAt = now();
    const event = httpEvent({
      method,
      target,
      headers: request.headers,
      body,
      sourceIp: request.socket.remoteAddress ?? host,
      protocol: `HTTP/${request.httpVersion}`,
      requestId: context.requestId,
      routeKey,
      pathParameters: match.pathParameters,
      receivedAt,
    });
    const limit = sleep(timeoutMs, 'late' as const, { ref: false });
    const invocation = await Promise.race([lambda.invoke(event), limit]);
    context['integration.latency'] = now() - receivedAt;
    if (invocation === 'late') return 503;
    context['integration.requestId'] = invocation.requestId;
    if (invocation.ok) {
      const answer = readGatewayAnswer(invocation.payload);
      if (typeof answer === 'object') context['integration.status'] = answer.status;
      return answer;
    }
    onEvent({ kind: 'failed', route: routeKey, failure: invocation.failure });
    return invocation.failure.kind === 'throttled' ? 503 : 500;
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (/^\/_local(\/|$)/.test(pathOf(request))) {
      const { local } = await ready.promise;
      if (local) return local(request, response);
    }
    // Even a too large body is read to its end: a client that is still writing would not read the answer.
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    const requestId = randomUUID();
    const api = await ready.promise;
    const started = now();
    const context = { requestId, httpMethod: request.method ?? '' };
    const answer = await answerOf(api, request, body, context);
    const logged = (status: number): void =>
      onEvent({ kind: 'logged', context: { ...context, status, responseLatency: now() - started } });
    if (typeof answer === 'object' && send(response, requestId, answer)) return logged(answer.status);
    const status = typeof answer === 'object' ? 500 : answer;
    const path = printablePath(api.routes, pathOf(request));
    onEvent({ kind: 'answered', method: request.method ?? '', path, status });
    send(response, requestId, jsonAnswer(status, { message: ownMessages[status] }));
    logged(status);
  };

  const server = await startServer(handle, port);
  /** Earlier requests wait for this. */
  const serve = (routes: ApiRoutes): void => ready.resolve(routes);
  return { ...server, serve };
}

const ownMessages = {
  404: 'Not Found',
  413: 'Request Entity Too Large',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
} as const;
type OwnStatus = keyof typeof ownMessages;

const pathOf = (request: IncomingMessage): string => request.url?.split('?')[0] ?? '/';

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
