import { performance } from 'node:perf_hooks';
import { until } from '../../support/eventually.ts';
import { aListing, apiKey, igf } from './igf.ts';

const { call, list, fault, requests, close, answered } = igf();

const json = { 'api-key': apiKey, 'content-type': 'application/json' };
const create = () => call('POST', '/listings', aListing());
const isPost = ({ method }: { method: string }) => method === 'POST';
const listed = async () => (await call('GET', '/listings/all')).body.length;

describe('a fault with a status', () => {
  test('answers it with the error body as many times as given and commits nothing', async () => {
    await fault({ operation: 'POST /listings', status: 503, times: 2 });
    expect(await create()).toMatchObject({
      status: 503,
      body: { errorCode: 'E1503', message: 'Simulated fault: 503' },
    });
    expect((await create()).status).toBe(503);
    expect(await listed()).toBe(0);
    expect((await create()).status).toBe(201);
  });

  test('happens once by default', async () => {
    await fault({ operation: 'POST /listings', status: 500 });
    expect([(await create()).status, (await create()).status]).toEqual([500, 201]);
  });

  test('carries the headers it was given', async () => {
    await fault({ operation: 'POST /listings', status: 429, headers: { 'retry-after': '30' } });
    expect((await create()).headers.get('retry-after')).toBe('30');
  });

  test('with afterCommit commits and then answers that status', async () => {
    await fault({ operation: 'POST /listings', status: 500, afterCommit: true });
    expect((await create()).status).toBe(500);
    expect(await listed()).toBe(1);
  });

  test('with a delay answers that status late and commits nothing', async () => {
    await fault({ operation: 'POST /listings', status: 504, delayMs: 100 });
    const start = performance.now();
    expect((await create()).status).toBe(504);
    expect(performance.now() - start).toBeGreaterThan(95);
    expect(await listed()).toBe(0);
  });

  test('is not used up by a caller without a key', async () => {
    await fault({ operation: 'GET /listings', status: 500 });
    await call('GET', '/listings', undefined, { headers: {} });
    expect((await call('GET', '/listings')).status).toBe(500);
  });
});

describe('a fault after the commit', () => {
  test('drops the connection without an answer', async () => {
    await fault({ operation: 'POST /listings', afterCommit: true });
    await expect(create()).rejects.toThrow('fetch failed');
    expect(await listed()).toBe(1);
    expect((await requests())[0]).toMatchObject({ method: 'POST', path: '/listings', status: null });
    expect(answered[0]).toEqual({ method: 'POST', path: '/listings', status: null });
  });

  test('waits before it drops when it has a delay', async () => {
    await fault({ operation: 'POST /listings', afterCommit: true, delayMs: 100 });
    const start = performance.now();
    await expect(create()).rejects.toThrow('fetch failed');
    expect(performance.now() - start).toBeGreaterThan(95);
  });
});

describe('a delay', () => {
  test('delays the answer, not the commit', async () => {
    await fault({ operation: 'POST /listings', delayMs: 300 });
    const answer = create();
    await until(async () => (await listed()) === 1);
    const statuses = async () => (await requests()).filter(isPost).map((request) => request.status);
    expect(await statuses()).toEqual([null]);
    expect(await answer).toMatchObject({ status: 201, body: { id: 1 } });
    expect(await statuses()).toEqual([201]);
  });

  test('ends when the caller gives up, and records that nobody was answered', async () => {
    await fault({ operation: 'POST /listings', delayMs: 60_000 });
    const caller = new AbortController();
    const answer = call('POST', '/listings', aListing(), { headers: json, signal: caller.signal });
    await until(async () => (await listed()) === 1);
    caller.abort();
    await expect(answer).rejects.toThrow();
    await until(() => answered.some((request) => isPost(request) && request.status === null));
  });

  test('does not keep the simulator from closing', async () => {
    await fault({ operation: 'POST /listings', delayMs: 60_000 });
    const answer = create().catch((error: Error) => error.message);
    await until(async () => (await listed()) === 1);
    await close();
    expect(await answer).toBe('fetch failed');
  });
});

describe('garbage', () => {
  test('is an answer 200 that is not JSON, after the commit', async () => {
    await fault({ operation: 'POST /listings', garbage: true });
    const { status, body } = await create();
    expect(status).toBe(200);
    expect(() => JSON.parse(body)).toThrow();
    expect(await listed()).toBe(1);
  });
});

describe('several faults', () => {
  test('wait in the order in which they were posted', async () => {
    await fault({ operation: 'POST /listings', status: 500, times: 2 });
    await fault({ operation: 'POST /listings', status: 429 });
    await fault({ operation: '*', status: 502 });
    const statuses = [];
    for (let i = 0; i < 5; i += 1) statuses.push((await create()).status);
    expect(statuses).toEqual([500, 500, 429, 502, 201]);
  });

  test('touch only their own operation', async () => {
    await list();
    await fault({ operation: 'PUT /listings/cancel/{listingId}', status: 500 });
    expect((await call('PUT', '/listings/1', {})).status).toBe(200);
    expect((await call('PUT', '/listings/cancel/1', {})).status).toBe(500);
  });

  test('can be for any operation', async () => {
    await fault({ operation: '*', status: 500, times: 2 });
    expect([(await call('GET', '/listings')).status, (await create()).status]).toEqual([500, 500]);
  });
});
