import { startIgfSimulator } from '../../../infra/igf-simulator/simulator.ts';
import { aListing, apiKey, igf } from './igf.ts';

const { call, control, origin, requests } = igf();

const refused = { errorCode: 'E1401', message: 'The api-key header is missing or wrong', details: 'api-key' };

describe('who may call', () => {
  test.each([
    ['no key', {}],
    ['a wrong key', { 'api-key': 'b-key' }],
  ])('refuses %s', async (_what, headers) => {
    const response = await fetch(`${origin()}/api/v1/listings`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(aListing()),
    });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual(refused);
    expect((await call('GET', '/listings/all')).body).toEqual([]);
  });

  test('requires no key for the controls', async () => {
    expect((await control('GET', '/requests')).status).toBe(200);
  });
});

describe('a request that it does not understand', () => {
  test.each([
    ['GET', '/unknown'],
    ['PATCH', '/listings/1'],
    ['HEAD', '/listings'],
    ['GET', ''],
  ])('answers 404 to %s %s', async (method, path) => {
    expect((await call(method, path)).status).toBe(404);
  });

  test('says in the error body which operation it does not know', async () => {
    expect((await call('POST', '/unknown?a=1', { any: 'thing' })).body).toMatchObject({
      errorCode: 'E1404',
      message: 'The operation POST /unknown?a=1 does not exist',
    });
  });

  test('names the path of the API in the answer to a request outside it', async () => {
    const response = await fetch(`${origin()}/listings`);
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({
      details: 'The API is under /api/v1, its controls are under /_simulator',
    });
  });

  const post = (body: string, contentType: string) =>
    fetch(`${origin()}/api/v1/listings`, {
      method: 'POST',
      headers: { 'api-key': apiKey, 'content-type': contentType },
      body,
    });

  test('answers 400 to a body that is not JSON, and records its text', async () => {
    const response = await post('{"sku":', 'application/json');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errorCode: 'E1000', details: [{ path: 'body' }] });
    expect(await requests()).toMatchObject([{ body: '{"sku":', status: 400 }]);
  });

  test('answers 400 to JSON with another content type', async () => {
    const response = await post(JSON.stringify(aListing()), 'text/plain');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      details: [{ path: 'content-type', message: 'must be application/json' }],
    });
  });

  test('answers 413 to a body of several megabytes, in the error shape', async () => {
    const response = await post(JSON.stringify(aListing({ sku: 'x'.repeat(3_000_000) })), 'application/json');
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ errorCode: 'E1413' });
  });

  test('answers 400 to a path that is not a URL, in the error shape', async () => {
    const response = await fetch(`${origin()}/api/v1/listings/%zz`, { headers: { 'api-key': apiKey } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errorCode: 'E1400' });
  });
});

describe('starting', () => {
  test('listens on this machine only, on a free port, and returns its base URL', async () => {
    const simulator = await startIgfSimulator({ port: 0, apiKey });
    expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*\/api\/v1$/);
    await simulator.close();
    await expect(fetch(simulator.url)).rejects.toThrow();
  });

  test('rejects when the port is taken', async () => {
    const port = Number(new URL(origin()).port);
    await expect(startIgfSimulator({ port, apiKey })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
