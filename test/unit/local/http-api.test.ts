import { type GatewayEvent, startHttpApi } from '../../../infra/local/http-api.ts';
import type { Failure, Invocation } from '../../../infra/local/lambda-function.ts';

type Handler = (event: Record<string, unknown>) => unknown;

const failure: Failure = { kind: 'error', errorType: 'TypeError', errorMessage: 'no', stackTrace: [] };
const open = new AsyncDisposableStack();
afterAll(() => open.disposeAsync());

async function apiOf(handler: Handler, { timeoutMs = 1000 } = {}) {
  const events: GatewayEvent[] = [];
  const logged: GatewayEvent[] = [];
  const keep = (event: GatewayEvent) => (event.kind === 'logged' ? logged : events).push(event);
  const api = open.use(await startHttpApi(0, Date.now, keep));
  const invoke = async (event: unknown): Promise<Invocation> => {
    try {
      return { ok: true, requestId: 'r', payload: await handler(event as Record<string, unknown>) };
    } catch {
      return { ok: false, requestId: 'r', failure };
    }
  };
  api.serve({
    functions: new Map([['fn', { invoke }]]),
    routes: [{ routeKey: 'POST /sender/v1/thing', functionName: 'fn', timeoutMs }],
  });
  const post = (path = '/sender/v1/thing', init: RequestInit = {}) =>
    fetch(`${api.url}${path}`, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': 'application/json' },
      ...init,
    });
  return { post, events, logged, api };
}

describe('the HTTP API', () => {
  test('hands the request to the function of the route and its answer back', async () => {
    const { post } = await apiOf(({ body, rawPath }) => ({
      statusCode: 202,
      headers: { 'Content-Type': 'application/json', 'x-correlation-id': 'c' },
      cookies: ['a=1', 'b=2'],
      body: JSON.stringify({ body, rawPath }),
    }));
    const answer = await post(undefined, { body: '{"x":"é"}' });
    expect(answer.status).toBe(202);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('x-correlation-id')).toBe('c');
    expect(answer.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await answer.json()).toEqual({ body: '{"x":"é"}', rawPath: '/sender/v1/thing' });
  });

  test('sends bytes that the function encoded', async () => {
    const { post } = await apiOf(() => ({ statusCode: 200, body: '/wA=', isBase64Encoded: true }));
    expect([...(await (await post()).bytes())]).toEqual([0xff, 0]);
  });

  test('makes a 200 of an answer without a status code', async () => {
    const { post } = await apiOf(() => ({ hello: 1 }));
    const answer = await post();
    expect([answer.status, await answer.json()]).toEqual([200, { hello: 1 }]);
  });

  test.each([
    ['an unknown path', '/sender/v1/other', 'POST'],
    ['an unknown method', '/sender/v1/thing', 'GET'],
  ])('answers 404 to %s, and says so', async (_what, path, method) => {
    const { post, events, logged } = await apiOf(() => ({ statusCode: 200 }));
    const answer = await post(path, method === 'GET' ? { method, body: null } : { method });
    expect([answer.status, await answer.json()]).toEqual([404, { message: 'Not Found' }]);
    expect(events).toEqual([{ kind: 'answered', method, path, status: 404 }]);
    expect(logged).toMatchObject([{ context: { status: 404, httpMethod: method } }]);
  });

  test('takes a body of 10 MB and refuses a larger one', async () => {
    const { post } = await apiOf(({ body }) => ({ statusCode: 200, body: String(String(body).length) }));
    const limit = 10 * 1024 * 1024;
    expect(await (await post(undefined, { body: 'x'.repeat(limit) })).text()).toBe(String(limit));
    const answer = await post(undefined, { body: 'x'.repeat(limit + 1) });
    expect([answer.status, await answer.json()]).toEqual([413, { message: 'Request Entity Too Large' }]);
  });

  test('answers 500 when the function fails, and passes the failure on', async () => {
    const { post, events } = await apiOf(() => {
      throw new Error();
    });
    const answer = await post();
    expect([answer.status, await answer.json()]).toEqual([500, { message: 'Internal Server Error' }]);
    expect(events).toContainEqual({ kind: 'failed', route: 'POST /sender/v1/thing', failure });
  });

  test.each([
    ['no status', { statusCode: 'abc' }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header that HTTP does not allow', { statusCode: 200, headers: { 'x-a': 'b\nc' } }],
    ['an impossible status', { statusCode: 42 }],
  ])('answers 500 to a function that answers %s', async (_what, payload) => {
    const { post } = await apiOf(() => payload);
    expect((await post()).status).toBe(500);
  });

  test('answers 503 when the function takes longer than the gateway waits', async () => {
    const { post } = await apiOf(() => new Promise(() => {}), { timeoutMs: 30 });
    const answer = await post();
    expect([answer.status, await answer.json()]).toEqual([503, { message: 'Service Unavailable' }]);
  });
});
