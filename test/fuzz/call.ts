import type { IngestEndpoint } from './endpoints.ts';
import { bodyText, type FuzzRequest, sentKey } from './request.ts';

/** The answer of an ingest function. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (event: unknown, context: object) => Promise<Answer>;

/** The event that the gateway makes of a request, with the key where the sender puts it. */
export function eventOf(request: FuzzRequest, { webhook }: IngestEndpoint): Record<string, unknown> {
  const secret = sentKey(request);
  const inPath = webhook.path.includes('{token}');
  const body = bodyText(request);
  return {
    version: '2.0',
    routeKey: `POST ${webhook.path}`,
    rawPath: webhook.path.replace('{token}', () => secret ?? ''),
    rawQueryString: request.query ?? '',
    headers: { ...request.headers, ...(!inPath && secret !== undefined && { 'x-api-key': secret }) },
    ...(inPath && secret !== undefined && { pathParameters: { token: secret } }),
    ...(body !== undefined && { body }),
    isBase64Encoded: request.isBase64Encoded ?? false,
  };
}

/** The result of a call, everything that it logged, and the CPU time of this thread, in milliseconds. */
export async function observeCall<T>(
  call: () => Promise<T>,
): Promise<{ result: T; log: string; cpuMs: number }> {
  const lines: string[] = [];
  const { info, warn, error } = console;
  const keep = (...line: unknown[]): void => void lines.push(JSON.stringify(line));
  Object.assign(console, { info: keep, warn: keep, error: keep });
  const before = process.threadCpuUsage();
  try {
    const result = await call();
    const { user, system } = process.threadCpuUsage(before);
    return { result, cpuMs: (user + system) / 1000, log: lines.join('\n') };
  } finally {
    Object.assign(console, { info, warn, error });
  }
}
