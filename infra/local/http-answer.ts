import * as z from 'zod/mini';

/** What goes back to the caller. */
export interface HttpAnswer {
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

/**
 * Reads what a function returned as an HTTP API does, payload format 2.0: an object with a `statusCode` is the answer;
 * anything else is the JSON body of a 200.
 * @returns 500 for an object that has a `statusCode` and is otherwise wrong
 */
export function readAnswer(payload: unknown): HttpAnswer | 500 {
  if (typeof payload !== 'object' || payload === null || !('statusCode' in payload)) {
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify(payload)),
    };
  }
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
