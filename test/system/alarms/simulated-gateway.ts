import { randomUUID } from 'node:crypto';
import type { CloudWatch } from '../../../infra/local/cloudwatch/start.ts';
import { httpEvent } from '../../../infra/local/http-payload.ts';
import { findRoute } from '../../../infra/local/http-routes.ts';
import type { Invocation } from '../../../infra/local/lambda-function.ts';
import type { RoutePart } from '../../../infra/local/stack-parts.ts';

/** The headers of a sender. One that is undefined is not sent. */
export interface SenderHeaders {
  readonly key?: string | undefined;
  readonly version?: string | undefined;
}

interface GatewayOptions {
  readonly routes: readonly RoutePart[];
  readonly cloudWatch: CloudWatch;
  readonly invoke: (functionName: string, event: unknown) => Promise<Invocation>;
  /** What the gateway answers to every call without calling a function. */
  readonly refuses: () => number | undefined;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

/** The HTTP API of a simulated stage. CloudWatch counts its answers. @returns what posts to it, and gets the status */
export function simulatedGateway({ routes, cloudWatch, invoke, refuses, now }: GatewayOptions) {
  /** @returns a status, or what a function answered */
  const answerTo = async (
    path: string,
    body: string,
    { key, version }: SenderHeaders,
  ): Promise<number | { status: number }> => {
    const match = findRoute(routes, 'POST', path);
    if (!match) return 404;
    const refusal = refuses();
    if (refusal !== undefined) return refusal;
    const { functionName, routeKey } = match.route;
    const event = httpEvent({
      ...{ method: 'POST', target: path, body: Buffer.from(body) },
      ...{ pathParameters: match.pathParameters, routeKey, receivedAt: now() },
      headers: {
        ...(key && { 'x-api-key': key }),
        ...(version && { 'x-version': version }),
        'content-type': 'application/json',
      },
      ...{ sourceIp: '', protocol: '', requestId: '' },
    });
    const invocation = await invoke(functionName, event);
    if (invocation.ok) return { status: Object(invocation.payload).statusCode };
    return invocation.failure.kind === 'throttled' ? 503 : 500;
  };

  return async (path: string, body: string, headers: SenderHeaders): Promise<number> => {
    const answer = await answerTo(path, body, headers);
    const context =
      typeof answer === 'number' ? { status: answer } : { ...answer, 'integration.status': answer.status };
    cloudWatch.answered({ requestId: randomUUID(), ...context, responseLatency: 20, httpMethod: 'POST' });
    return context.status;
  };
}
