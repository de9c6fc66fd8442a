import type { Endpoint } from './endpoints.ts';
import { bodyText, type FuzzRequest, shownBy } from './request.ts';

/** What an ingest function answers. */
export interface Answer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Handler = (event: unknown, context: object) => Promise<Answer>;

/** The event that the gateway makes of a request. The secret stands where the sender puts it. */
export function eventOf(request: FuzzRequest, { webhook }: Endpoint): Record<string, unknown> {
  const secret = shownBy(request);
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

/** What `call` gave, everything that was logged meanwhile, and the CPU time of this thread, in milliseconds. */
export async function observe<T>(call: () => Promise<T>): Promise<{ result: T; log: string; cpuMs: number }> {
  const lines: string[] = [];
  const { info, warn, error } = console;
  const keep = (...told: unknown[]): void => void lines.push(JSON.stringify(told));
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
