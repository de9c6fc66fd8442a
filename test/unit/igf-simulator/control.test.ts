import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { aListing, igf } from './igf.ts';

const root = join(import.meta.dirname, '../../..');

const { call, control, origin, list, fault, requests, answered } = igf();

describe('posting a fault', () => {
  test('answers 201 with the fault as it was understood', async () => {
    expect(await fault({ operation: 'POST /listings', status: 500 })).toMatchObject({
      status: 201,
      body: { operation: 'POST /listings', status: 500, times: 1 },
    });
  });

  test('names the nearest operations, once, when it does not know one', async () => {
    const { status, body } = await fault({ operation: 'POST /api/v1/listing', status: 500 });
    expect(status).toBe(400);
    expect(body.message).toBe('operation: "POST /api/v1/listing" is not one of IGF\'s');
    expect(body.details).toMatch(/^The nearest: POST \/listings, [^,]*, [^,]*$/);
  });

  test.each([
    [{ status: 500 }, 'operation: is required'],
    [{ operation: '*' }, 'body: must say how to fail: status, delayMs, afterCommit, garbage or headers'],
    [{ operation: '*', status: 500, times: 0 }, 'times: Too small: expected number to be >=1'],
    [{ operation: '*', status: 99 }, 'status: Too small: expected number to be >=200'],
    [{ operation: '*', delayMs: '8s' }, 'delayMs: Invalid input: expected number, received string'],
    [{ operation: '*', state: 500 }, /^body: Unrecognized key: "state"/],
    [{ operation: '*', status: 500, headers: { 'a b': 'c' } }, /^headers/],
    [{ operation: '*', status: 500, headers: { a: 'c\r\nd' } }, 'headers.a: must be plain ASCII text'],
    ['a text', /^body: Invalid input: expected object/],
  ])('refuses %j in a clear sentence', async (body, message) => {
    const answer = await fault(body as object);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toEqual(
      typeof message === 'string' ? message : expect.stringMatching(message),
    );
    await list();
    expect(await requests()).toMatchObject([{ status: 201 }]);
  });

  test('refuses a body that is not JSON, and no body', async () => {
    expect((await control('POST', '/faults')).status).toBe(400);
  });
});

describe('a page of another site', () => {
  const statusWith = (headers: Record<string, string>): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      request(`${origin()}/_simulator/faults`, { method: 'DELETE', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .once('error', reject)
        .end();
    });

  test.each([
    ['by its origin', { origin: 'https://attacker.example' }],
    ['by another name of this machine', { host: 'attacker.example:4010' }],
  ])('may not use the controls: refused %s', async (_how, headers) => {
    await fault({ operation: 'GET /listings', status: 500 });
    expect(await statusWith(headers)).toBe(403);
    expect((await call('GET', '/listings')).status).toBe(500);
  });

  test('is not a program, nor a page of this machine’s own names', async () => {
    expect(await statusWith({})).toBe(204);
    expect(await statusWith({ host: 'localhost:1', origin: 'http://localhost:1' })).toBe(204);
  });
});

describe('GET /_simulator', () => {
  test('lists every control, with what each field does and an example that is accepted', async () => {
    const { body } = await control('GET', '');
    for (const { request: line, example, fields = {} } of body) {
      const [method, path] = line.split(' ');
      expect(Object.values(fields)).not.toContain('');
      if (method === 'DELETE') continue;
      await control('DELETE', '');
      await list();
      const { status } = await control(method, path.replace('/_simulator', ''), example);
      expect([line, status < 300]).toEqual([line, true]);
    }
    const source = readFileSync(join(root, 'infra/igf-simulator/control/routes.ts'), 'utf8');
    expect(body).toHaveLength(source.match(/app\.(get|post|delete)\(/g)?.length ?? 0);
  });

  test('is what the docs say', async () => {
    const page = readFileSync(join(root, 'docs/simulator.md'), 'utf8');
    for (const { request: line, fields = {} } of (await control('GET', '')).body) {
      expect(page).toContain(`| \`${line}\` |`);
      for (const name of Object.keys(fields)) expect(page).toContain(`\`${name}\``);
    }
  });
});

describe('the requests that reached it', () => {
  test('are shown in order with what was sent and answered', async () => {
    await call('POST', '/listings', aListing());
    await call('GET', '/listings/all?ids=1,2&listingWebshopOrderId=a%20b');
    await call('POST', '/listings', { sku: 'x' });
    await call('GET', '/listings/9');
    await call('GET', '/listings', undefined, { headers: {} });
    await call('POST', '/nowhere', { any: 'thing' });

    expect(await requests()).toEqual([
      { method: 'POST', path: '/listings', body: aListing(), status: 201 },
      { method: 'GET', path: '/listings/all?ids=1,2&listingWebshopOrderId=a%20b', body: null, status: 200 },
      { method: 'POST', path: '/listings', body: { sku: 'x' }, status: 400 },
      { method: 'GET', path: '/listings/9', body: null, status: 404 },
      { method: 'GET', path: '/listings', body: null, status: 401 },
      { method: 'POST', path: '/nowhere', body: { any: 'thing' }, status: 404 },
    ]);
  });

  test('include the body of one that was refused for its key', async () => {
    await call('POST', '/listings', aListing(), { headers: { 'content-type': 'application/json' } });
    expect(await requests()).toEqual([{ method: 'POST', path: '/listings', body: aListing(), status: 401 }]);
  });

  test('are reported to `onRequest`; control requests are not', async () => {
    await list();
    await control('GET', '/requests');
    await fault({ operation: 'GET /listings', status: 500 });
    await call('GET', '/listings');
    expect(answered).toEqual([
      { method: 'POST', path: '/listings', status: 201 },
      { method: 'GET', path: '/listings', status: 500 },
    ]);
  });
});

describe('the reset', () => {
  test('empties state, faults and requests and starts the ids again', async () => {
    await list();
    await fault({ operation: '*', status: 500 });

    expect(await control('DELETE', '')).toMatchObject({ status: 204, body: '' });

    expect(await requests()).toEqual([]);
    expect((await call('GET', '/listings/all')).body).toEqual([]);
    expect(await list()).toMatchObject({ id: 1, senderId: 1 });
  });
});
