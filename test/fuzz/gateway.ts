import { randomUUID } from 'node:crypto';
import { request as httpRequest, validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { startHttpApi } from '../../infra/local/http-api.ts';
import { passesAsText } from '../../infra/local/http-payload.ts';
import { anyRequest } from './any-request.ts';
import { type Answer, type Handler, observeCall } from './call.ts';
import { briefly, type Finding, type UnderTest } from './campaign.ts';
import { endpoints, type IngestEndpoint } from './endpoints.ts';
import { expectationOf } from './expectation.ts';
import { canary, type FuzzRequest, requestBytes, rightKey, sentKey } from './request.ts';
import { violations } from './violations.ts';

/** A request as it goes over the wire. */
interface Posted {
  readonly request: FuzzRequest;
  readonly method: string;
  /** The path's last segment, where the key is one; empty for the request's own key. */
  readonly segment: string;
  /** The names of headers in other case, and some of them twice. */
  readonly upperCase: boolean;
  readonly twice: boolean;
}

const tricks = [
  '{key}/',
  '/{key}',
  '{key}/..',
  '../{key}',
  '%2e%2e%2f{key}',
  '{key}%00',
  '{key};x=1',
  '{key}%2F',
  '..',
  '%',
  canary,
  encodeURIComponent(`${canary}é`),
  [...rightKey].map((letter) => `%${letter.charCodeAt(0).toString(16)}`).join(''),
];

const anyPosted = (endpoint: IngestEndpoint): fc.Arbitrary<Posted> =>
  fc.record({
    request: anyRequest(endpoint).map(overTheWire),
    method: fc.oneof(
      { weight: 20, arbitrary: fc.constant('POST') },
      fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH'),
    ),
    segment: fc.oneof({ weight: 3, arbitrary: fc.constant('') }, fc.constantFrom(...tricks)),
    upperCase: fc.boolean(),
    twice: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  });

const isSendable = (name: string, value: string): boolean => {
  try {
    validateHeaderValue(name, value);
    return !['content-length', 'transfer-encoding', 'host', 'constructor'].includes(name);
  } catch {
    return false;
  }
};

/** The request as HTTP can carry it: header values that can be sent, without blanks around them. */
function overTheWire(request: FuzzRequest): FuzzRequest {
  const headers = Object.entries(request.headers)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([name, value]) => isSendable(name, value));
  const { senderKey, ...rest } = request;
  const secret = senderKey?.trim();
  const isSent = secret !== undefined && secret.length < 4000 && isSendable('x-api-key', secret);
  return { ...rest, ...(isSent && { senderKey: secret }), headers: Object.fromEntries(headers) };
}

/** The functions behind the gateway of the local runtime. */
export interface Gateway extends AsyncDisposable {
  /** Posts that many requests to the endpoints in turn. @returns inputs by status, and findings */
  fuzz(options: {
    inputs: number;
    seed: number;
  }): Promise<{ counts: Map<number, number>; findings: Finding[] }>;
}

export async function startGateway(underTest: UnderTest): Promise<Gateway> {
  const api = await startHttpApi(0, Date.now, () => {});
  api.serve({
    routes: endpoints.map(({ webhook }) => ({
      routeKey: `POST ${webhook.path}`,
      functionName: webhook.name,
      timeoutMs: 30_000,
    })),
    functions: new Map([...underTest.handlers].map(([name, handler]) => [name, asFunction(handler)])),
  });
  return {
    [Symbol.asyncDispose]: async () => api[Symbol.asyncDispose](),
    fuzz: async ({ inputs, seed }) => {
      const counts = new Map<number, number>();
      const findings: Finding[] = [];
      for (const [index, endpoint] of endpoints.entries()) {
        const property = fc.asyncProperty(
          anyPosted(endpoint),
          briefly(async (posted) => {
            const { status, found } = await post(api.url, posted, endpoint, underTest);
            counts.set(status, (counts.get(status) ?? 0) + 1);
            return found.length === 0;
          }),
        );
        const numRuns = Math.ceil(inputs / endpoints.length);
        const checked = await fc.check(property, { seed: seed * 1009 + index, numRuns });
        const [smallest] = checked.counterexample ?? [];
        if (!smallest) continue;
        const { found } = await post(api.url, smallest, endpoint, underTest);
        const { method, segment } = smallest;
        findings.push({
          request: smallest.request,
          violations: [...found, `over HTTP: ${method} ${segment}`],
        });
      }
      return { counts, findings };
    },
  };
}

const asFunction = (handler: Handler) => ({
  invoke: async (event: unknown) => {
    const requestId = randomUUID();
    return { ok: true as const, requestId, payload: await handler(event, {}) };
  },
});

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

async function post(
  url: string,
  { request, method, segment, upperCase, twice }: Posted,
  endpoint: IngestEndpoint,
  { sqs }: UnderTest,
): Promise<{ status: number; found: string[] }> {
  const inPath = endpoint.webhook.path.includes('{token}');
  const secret = sentKey(request);
  const last = (segment || encodeURIComponent((secret ?? '').toWellFormed())).replaceAll('{key}', rightKey);
  const path = inPath ? endpoint.webhook.path.replace('{token}', () => last) : endpoint.webhook.path;
  const query = request.query === undefined ? '' : `?${encodeURI(request.query)}`;
  const named = { ...request.headers, ...(!inPath && secret !== undefined && { 'x-api-key': secret }) };
  const headers = Object.entries(named).flatMap(([name, value]) => {
    const field = [upperCase ? name.toUpperCase() : name, value];
    return twice && name === 'x-api-key' ? [field, field] : [field];
  });
  const body = requestBytes(request);
  const { result, log } = await observeCall(() =>
    send(`${url}${path}${query}`, path + query, method, headers, body),
  );
  const messages = sqs.taken();
  const isGateways = result.headers['x-correlation-id'] === undefined;
  if (isGateways) {
    const isOurs = [404, 413].includes(result.statusCode) && messages.length === 0;
    return { status: result.statusCode, found: isOurs ? [] : [`the gateway answered ${result.statusCode}`] };
  }
  // The expectation is about the request that reached the function.
  const arrived = inPath ? decoded(last) : twice && secret !== undefined ? `${secret}, ${secret}` : secret;
  const isText = passesAsText(body, request.headers);
  const { senderKey: _, ...rest } = request;
  const seenByFunction: FuzzRequest = {
    ...rest,
    ...(arrived !== undefined && { senderKey: arrived }),
    body: isText ? body.toString() : body.toString('base64'),
    isBase64Encoded: !isText && body.length > 0,
  };
  const seen = { status: result.statusCode, headers: result.headers, body: result.body, log, messages };
  return {
    status: result.statusCode,
    found: violations(seenByFunction, endpoint, expectationOf(seenByFunction, endpoint), seen),
  };
}

function send(
  url: string,
  path: string,
  method: string,
  headers: readonly (readonly string[])[],
  body: Buffer,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const fields = [...headers, ['content-length', String(body.length)], ['host', hostname]].flat();
    const sent = httpRequest({ hostname, port, path, method, headers: fields as never }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const headers = Object.entries(response.headers).flatMap(([name, value]) =>
          typeof value === 'string' ? [[name, value]] : [],
        );
        resolve({
          statusCode: response.statusCode ?? 0,
          headers: Object.fromEntries(headers),
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
