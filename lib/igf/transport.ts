import type * as z from 'zod/mini';
import { storingSeconds } from '../config/timing.ts';
import { failure, readAnswer } from './answer.ts';
import { type Circuit, CircuitOpenError } from './circuit-breaker.ts';
import type { AnyDefinition, RequestParts } from './endpoint.ts';
import { IgfError, IgfPathError, IgfUnavailableError } from './errors.ts';
import { type Operation, operationName } from './operation.ts';
import type { PathCorrections } from './path-corrections.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { checkRequest, requestUrl } from './request.ts';

export interface TransportOptions {
  /** Up to and with the version, such as `https://api.itgoesforward.com/api/v1`. */
  baseUrl: string;
  /** Rejects when the key can't be read: then nothing is sent. */
  apiKey: () => Promise<string>;
  /** For the whole call, answer included. */
  timeoutMs: number;
  /** Methods and paths in place of the table's, as this deployment is configured. */
  corrections?: PathCorrections;
  /** Keeps calls away from IGF while it is down. */
  circuit?: Circuit;
  /** How fast IGF is called. */
  rateLimiter?: RateLimiter;
  /** The time that this invocation has left, in milliseconds: what is waited for one's turn. Without end by default. */
  timeLeft?: () => number;
  /** Told of every call that was sent, without values. */
  onCall?: (call: { operation: string; status: number | undefined; ms: number }) => void;
  /** Told of every answer which says that the path of a call may be wrong. */
  onPathInDoubt?: (error: IgfPathError) => void;
  fetch?: typeof fetch;
  now?: () => number;
}

export type Transport = <Answer>(
  definition: AnyDefinition & { readonly answer: z.ZodMiniType<Answer> },
  request: RequestParts,
) => Promise<Answer>;

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

/** Errors of the socket that come before the request can have reached anybody. */
function neverSent(error: unknown): boolean {
  const code = String(field(field(error, 'cause'), 'code'));
  return [
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'ENETUNREACH',
    'EHOSTUNREACH',
  ].includes(code);
}

const unsendable = (name: string, reason: string, cause?: unknown): IgfUnavailableError =>
  new IgfUnavailableError(name, reason, { effect: 'not-done', ...(cause !== undefined && { cause }) });

/** Without a body there is no content type: some servers refuse an empty JSON. */
async function headersOf(name: string, options: TransportOptions, hasBody: boolean): Promise<Headers> {
  const key = await options.apiKey().catch((cause: unknown) => {
    throw unsendable(name, 'the IGF api-key is not readable', cause);
  });
  try {
    return new Headers({
      'api-key': key,
      accept: 'application/json',
      ...(hasBody && { 'content-type': 'application/json' }),
    });
  } catch {
    // Without its cause, which quotes the key.
    throw unsendable(name, 'the IGF api-key has characters that no header can carry');
  }
}

/** Waits until this call may begin, if there is time for that, for the call and for storing its answer. */
async function waitForTurn(
  name: string,
  { rateLimiter, timeLeft, timeoutMs }: TransportOptions,
): Promise<void> {
  const left = timeLeft?.() ?? Number.POSITIVE_INFINITY;
  const mayBegin = (await rateLimiter?.acquire(left - timeoutMs - storingSeconds * 1000)) ?? true;
  if (!mayBegin) throw unsendable(name, 'no time is left to wait for its turn at igfMaxPerSecond');
}

/**
 * One HTTP call to IGF, without retries: the queue owns them. A request that does not fit its schemas is not sent.
 * @throws IgfRequestError, IgfRejectedError, IgfUnavailableError, IgfPathError or IgfContractError.
 */
export function igfTransport(options: TransportOptions): Transport {
  const send = options.fetch ?? fetch;
  const now = options.now ?? Date.now;

  async function exchange<Answer>(
    operation: Operation,
    answer: z.ZodMiniType<Answer>,
    request: RequestParts,
    headers: Headers,
  ): Promise<Answer> {
    const name = operationName(operation);
    const started = performance.now();
    let status: number | undefined;
    try {
      const response = await send(requestUrl(options.baseUrl, operation.path, request), {
        method: operation.method,
        headers,
        signal: AbortSignal.timeout(options.timeoutMs),
        redirect: 'error',
        ...(request.body !== undefined && { body: JSON.stringify(request.body) }),
      });
      status = response.status;
      const text = await response.text();
      if (!response.ok) throw failure(operation, response, text, now());
      return readAnswer(operation, answer, text);
    } catch (error) {
      if (error instanceof IgfPathError) options.onPathInDoubt?.(error);
      if (error instanceof IgfError) throw error;
      const timedOut = field(error, 'name') === 'TimeoutError';
      throw new IgfUnavailableError(
        name,
        timedOut ? `no answer in ${options.timeoutMs} ms` : 'the connection failed',
        {
          effect: neverSent(error) ? 'not-done' : 'unknown',
          cause: error,
        },
      );
    } finally {
      options.onCall?.({ operation: name, status, ms: Math.round(performance.now() - started) });
    }
  }

  return async (definition, request) => {
    const correction = options.corrections?.[definition.operation.name];
    const operation = { ...definition.operation, ...correction };
    const name = operationName(operation);
    checkRequest(operation, definition, request);
    const down = options.circuit?.refusal();
    if (down) throw unsendable(name, `not called: ${down}`);
    const hasBody = request.body !== undefined;
    const headers = await headersOf(name, options, hasBody);
    await waitForTurn(name, options);
    const call = () => exchange(operation, definition.answer, request, headers);
    if (!options.circuit) return call();
    try {
      return await options.circuit.run(call);
    } catch (error) {
      if (error instanceof CircuitOpenError) throw unsendable(name, `not called: ${error.message}`);
      throw error;
    }
  };
}
