import * as z from 'zod/mini';
import { IgfContractError, IgfError, IgfPathError, IgfRejectedError, IgfUnavailableError } from './errors.ts';
import { type Operation, operationName } from './operations.ts';

export interface TransportOptions {
  /** Up to and with the version, such as `https://api.itgoesforward.com/api/v1`. */
  baseUrl: string;
  /** Rejects when the key can't be read: then nothing is sent. */
  apiKey: () => Promise<string>;
  /** For the whole call, answer included. */
  timeoutMs: number;
  /** Told of every call that was sent, without values. */
  onCall?: (call: { operation: string; status: number | undefined; ms: number }) => void;
  fetch?: typeof fetch;
  now?: () => number;
}

export interface Call<Schema extends z.ZodMiniType> {
  operation: Operation;
  parameters?: Record<string, string | number>;
  query?: Record<string, string>;
  body?: unknown;
  /** A tolerant reader of the answer. */
  answer: Schema;
}

export type Transport = <Schema extends z.ZodMiniType>(call: Call<Schema>) => Promise<z.infer<Schema>>;

const permanent = new Set([400, 404, 405, 409, 410, 422]);
/** Turned away before anything was done. */
const turnedAway = new Set([401, 403, 429]);

const ErrorBody = z.object({ errorCode: z.string().check(z.regex(/^[\w-]{1,40}$/)) });

function url(baseUrl: string, { operation, parameters = {}, query = {} }: Call<z.ZodMiniType>): string {
  const path = operation.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(parameters[name])),
  );
  const search = new URLSearchParams(query).toString();
  return `${baseUrl.replace(/\/+$/, '')}${path}${search && `?${search}`}`;
}

/** Seconds, of a `Retry-After` that is a number of seconds or an HTTP date. */
export function retryAfterSeconds(header: string | null, now: number): number | undefined {
  if (!header) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - now) / 1000));
}

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

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function failure(operation: Operation, response: Response, text: string, now: number): Error {
  const name = operationName(operation);
  const { status } = response;
  if ((status === 404 || status === 405) && operation.evidence === 'inferred')
    return new IgfPathError(name, status);
  if (permanent.has(status)) {
    const body = z.safeParse(ErrorBody, jsonOf(text));
    return new IgfRejectedError(name, status, body.success ? body.data.errorCode : undefined);
  }
  return new IgfUnavailableError(name, `IGF answered ${status}`, {
    status,
    effect: turnedAway.has(status) ? 'not-done' : 'unknown',
    retryAfter: retryAfterSeconds(response.headers.get('retry-after'), now),
  });
}

/**
 * One HTTP call to IGF, without retries: the queue owns them.
 * @throws IgfRejectedError, IgfUnavailableError, IgfPathError or IgfContractError.
 */
export function igfTransport(options: TransportOptions): Transport {
  const send = options.fetch ?? fetch;
  const now = options.now ?? Date.now;

  async function key(name: string): Promise<string> {
    try {
      return await options.apiKey();
    } catch (cause) {
      throw new IgfUnavailableError(name, 'the IGF api-key is not readable', { effect: 'not-done', cause });
    }
  }

  return async (call) => {
    const name = operationName(call.operation);
    const apiKey = await key(name);
    const started = performance.now();
    let status: number | undefined;
    try {
      const response = await send(url(options.baseUrl, call), {
        method: call.operation.method,
        headers: { 'api-key': apiKey, accept: 'application/json', 'content-type': 'application/json' },
        signal: AbortSignal.timeout(options.timeoutMs),
        redirect: 'error',
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      });
      status = response.status;
      const text = await response.text();
      if (!response.ok) throw failure(call.operation, response, text, now());
      const parsed = z.safeParse(call.answer, jsonOf(text));
      if (parsed.success) return parsed.data;
      throw new IgfContractError(
        name,
        parsed.error.issues.map(({ path }) => path.join('.') || 'body').join(', '),
      );
    } catch (error) {
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
  };
}
