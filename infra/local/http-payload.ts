/** Payload format 2.0 of an HTTP API: the event that a function gets, and the response that it returns. */
import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod/mini';
import { account } from '../local-services.ts';

/** What the gateway knows about a request when it invokes the function. */
export interface GatewayRequest {
  readonly method: string;
  /** The path and query as they were sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly requestId: string;
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
  /** In milliseconds since the epoch, in the local runtime's time. */
  readonly receivedAt: number;
}

/**
 * The event of a request.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function httpEvent(request: GatewayRequest): Record<string, unknown> {
  const { method, protocol, sourceIp, requestId, routeKey, pathParameters, receivedAt, body } = request;
  const { pathname, search, searchParams } = new URL(request.target, 'http://local');
  const { cookie, ...others } = request.headers;
  // Node lowercases names and joins most repeated headers; the gateway joins all of them, and query values, by a comma.
  const headers: Record<string, string> = Object.fromEntries(
    Object.entries(others).map(([name, value]) => [name, String(value)]),
  );
  const query = Object.fromEntries(
    searchParams.keys().map((name) => [name, searchParams.getAll(name).join(',')]),
  );
  const isText = passesAsText(body, headers);
  return {
    version: '2.0',
    routeKey,
    rawPath: pathname,
    rawQueryString: search.slice(1),
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers,
    ...(Object.keys(query).length > 0 && { queryStringParameters: query }),
    requestContext: {
      accountId: account,
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: { method, path: pathname, protocol, sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId,
      routeKey,
      stage: '$default',
      time: new Date(receivedAt).toISOString(),
      timeEpoch: receivedAt,
    },
    ...(Object.keys(pathParameters).length > 0 && { pathParameters }),
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Whether a body is passed as text: by its documented types. One that is encoded or not UTF-8 could not be. */
export const passesAsText = (body: Buffer, headers: Readonly<Record<string, string | undefined>>): boolean =>
  isTextType(headers['content-type']) && !headers['content-encoding']?.trim() && isUtf8(body);

/** A body of such a type reaches the function as text, any other body in base64. */
export function isTextType(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^text\/|^application\/(json|xml|javascript)$|\+(json|xml)$/.test(type);
}

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies?: readonly string[];
  readonly body: Buffer;
}

const scalar = z.union([z.string(), z.number(), z.boolean()]);

const FunctionResponse = z.looseObject({
  statusCode: z.union([z.int(), z.pipe(z.string().check(z.regex(/^\d{3}$/)), z.transform(Number))]),
  headers: z.nullish(z.record(z.string(), scalar)),
  cookies: z.nullish(z.array(z.string())),
  body: z.nullish(z.string()),
  isBase64Encoded: z.nullish(z.boolean()),
});

/** An object with a `statusCode` is the answer, anything else the JSON body of a 200. @returns 500 for a wrong one */
export function readGatewayAnswer(payload: unknown): GatewayAnswer | 500 {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload))
    return jsonAnswer(200, payload);
  const response = z.safeParse(FunctionResponse, payload);
  if (!response.success) return 500;
  const { statusCode, headers, cookies, body, isBase64Encoded } = response.data;
  const given = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...Object.fromEntries(given) },
    ...(cookies && { cookies }),
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
}

export const jsonAnswer = (status: number, payload: unknown): GatewayAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify(payload)),
});
