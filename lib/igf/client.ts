import { storingSeconds } from '../config/timing.ts';
import { type Circuit, CircuitOpenError } from './circuit-breaker.ts';
import {
  type AnyEndpoint,
  type Endpoint,
  operationName,
  type PathCorrections,
  type RequestParts,
} from './endpoint.ts';
import { IgfError, IgfPathError, IgfUnavailableError } from './errors.ts';
import { checkRequest, readAnswer, requestUrl, responseError } from './http-messages.ts';
import type { RateLimiter } from './rate-limiter.ts';

export interface IgfClientOptions {
  /** Up to and with the version, such as `https://api.itgoesforward.com/api/v1`. */
  baseUrl: string;
  /** Rejects when the key can't be read: then nothing is sent. */
  apiKey: () => Promise<string>;
  /** For the whole call, answer included. */
  timeoutMs: number;
  /** Methods and paths that this deployment uses in place of the operations' own. */
  corrections?: PathCorrections;
  /** Keeps calls away from IGF while it is down. */
  circuit?: Circuit;
  rateLimiter?: RateLimiter;
  /** Milliseconds that this invocation has left. A call waits for the rate limiter no longer. Infinite by default. */
  timeLeft?: () => number;
  /** Called after every call that was sent, without values. */
  onCall?: (call: { operation: string; status: number | undefined; ms: number }) => void;
  /** Called for every answer which says that the path of a call may be wrong. */
  onPathInDoubt?: (error: IgfPathError) => void;
  now?: () => number;
}

type EndpointGroups = Readonly<Record<string, Readonly<Record<string, () => AnyEndpoint>>>>;

/** The methods of groups: `() => Endpoint<[id: number], Listing>` becomes a method `(id: number) => Promise<Listing>`. */
export type IgfClient<Groups> = {
  readonly [Group in keyof Groups]: {
    readonly [Name in keyof Groups[Group]]: Groups[Group][Name] extends () => Endpoint<
      infer Arguments,
      infer Answer
    >
      ? (...args: Arguments) => Promise<Answer>
      : never;
  };
};

/**
 * ItGoesForward's REST API with the groups or single operations that the caller names: only they get into its bundle.
 *
 *     const igf = igfClient(options, { shipments: { get: shipments.get }, webhooks });
 *     await igf.shipments.get(9);
 *
 * A method makes one HTTP call, of a request that fits its schemas, and does not retry: the queue retries.
 * @throws IgfRequestError, IgfRejectedError, IgfUnavailableError, IgfPathError or IgfContractError, by every method
 */
export const igfClient = <const Groups extends EndpointGroups>(
  options: IgfClientOptions,
  groups: Groups,
): IgfClient<Groups> =>
  clientOf(groups, options.corrections, (endpoint, request) => call(options, endpoint, request));

/** A method for each endpoint, that makes its request and has it sent to the path of this deployment. */
export function clientOf<const Groups extends EndpointGroups>(
  groups: Groups,
  corrections: PathCorrections = {},
  send: (endpoint: AnyEndpoint, request: RequestParts) => Promise<unknown>,
): IgfClient<Groups> {
  const method = (define: () => AnyEndpoint) => {
    const endpoint = define();
    const operation = { ...endpoint.operation, ...corrections[endpoint.operation.name] };
    return (...args: never[]) => send({ ...endpoint, operation }, endpoint.request(...args));
  };
  return mapped(groups, (group) => mapped(group, method)) as IgfClient<Groups>;
}

/** A record with other values of the same names. */
export const mapped = <Value, Result>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value, name: string) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value, name)]));

async function call(
  options: IgfClientOptions,
  endpoint: AnyEndpoint,
  request: RequestParts,
): Promise<unknown> {
  const { circuit, rateLimiter, timeLeft, timeoutMs } = options;
  const name = operationName(endpoint.operation);
  checkRequest(endpoint, request);
  const down = circuit?.refusal();
  if (down) throw notSent(name, `not called: ${down}`);
  const headers = await headersOf(name, options, request.body !== undefined);
  // It waits as long as there is time for the call and for storing its answer.
  const mostMs = (timeLeft?.() ?? Number.POSITIVE_INFINITY) - timeoutMs - storingSeconds * 1000;
  if ((await rateLimiter?.acquire(mostMs)) === false)
    throw notSent(name, 'no time is left to wait for its turn at igfMaxPerSecond');
  const send = () => exchange(options, endpoint, request, headers);
  if (!circuit) return send();
  try {
    return await circuit.run(send);
  } catch (error) {
    if (error instanceof CircuitOpenError) throw notSent(name, `not called: ${error.message}`);
    throw error;
  }
}

async function exchange(
  options: IgfClientOptions,
  { operation, answer }: AnyEndpoint,
  request: RequestParts,
  headers: Headers,
): Promise<unknown> {
  const name = operationName(operation);
  const started = performance.now();
  let status: number | undefined;
  try {
    const response = await fetch(requestUrl(options.baseUrl, operation.path, request), {
      method: operation.method,
      headers,
      signal: AbortSignal.timeout(options.timeoutMs),
      redirect: 'error',
      ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
    });
    status = response.status;
    const text = await response.text();
    if (!response.ok) {
      const sent = { ...request, apiKey: headers.get('api-key') };
      throw responseError(operation, sent, response, text, (options.now ?? Date.now)());
    }
    return readAnswer(operation, answer, text);
  } catch (error) {
    if (error instanceof IgfPathError) options.onPathInDoubt?.(error);
    if (error instanceof IgfError) throw error;
    const { name: kind, cause } = Object(error);
    const reason = kind === 'TimeoutError' ? `no answer in ${options.timeoutMs} ms` : 'the connection failed';
    const effect = beforeTheRequest.has(Object(cause).code) ? 'not-done' : 'unknown';
    throw new IgfUnavailableError(name, reason, { effect, cause: error });
  } finally {
    options.onCall?.({ operation: name, status, ms: Math.round(performance.now() - started) });
  }
}

/** Errors of the socket that come before IGF can have read the request. */
const beforeTheRequest = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ENETUNREACH',
  'EHOSTUNREACH',
]);

const notSent = (name: string, reason: string, more?: { hasNoKey: true; cause?: unknown }) =>
  new IgfUnavailableError(name, reason, { effect: 'not-done', ...more });

/** Without a body there is no content type: some servers refuse an empty JSON. */
async function headersOf(name: string, { apiKey }: IgfClientOptions, hasBody: boolean): Promise<Headers> {
  const key = await apiKey().catch((cause: unknown) => {
    throw notSent(name, 'the IGF api-key is not readable', { hasNoKey: true, cause });
  });
  try {
    return new Headers({
      'api-key': key,
      accept: 'application/json',
      ...(hasBody && { 'content-type': 'application/json' }),
    });
  } catch {
    // Without its cause, which quotes the key.
    throw notSent(name, 'the IGF api-key has characters that no header can carry', { hasNoKey: true });
  }
}
