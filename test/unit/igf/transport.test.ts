import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { inspect } from 'node:util';
import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import { retryAfterSeconds } from '../../../lib/igf/http-messages.ts';
import { apiKey, failureOf, scriptedServer } from './scripted-server.ts';

const aListing: ListingRequest = {
  sku: 'sku-90',
  productId: '381189',
  listingWebshopOrderId: '000000549',
  returnReason: 'no_reason',
  originalPrice: 270,
  customer: { email: 'jan@example.com', lastName: 'Jansen', address: {} },
};
const igf = scriptedServer();
// `doc`, `client` and `inferred` name the source of an operation's path.
const create = (options = {}) => failureOf(igf.client(options).listings.create(aListing));
const onConfirmedPath = () => failureOf(igf.client().listings.ofSku('sku-90'));
const onInferredPath = () => failureOf(igf.client().listings.get(7));

describe('a permanent refusal', () => {
  test.each([400, 404, 405, 409, 410, 422])('is %d on a path that is known to be right', async (status) => {
    igf.answers(status, { errorCode: 'E1000', message: 'no', details: [] });

    for (const call of [create, onConfirmedPath]) {
      expect(await call()).toMatchObject({ name: 'IgfRejectedError', status, errorCode: 'E1000' });
    }
  });

  test.each([400, 409, 410, 422])('is %d on an inferred path too', async (status) => {
    igf.answers(status, {});

    expect(await onInferredPath()).toMatchObject({ name: 'IgfRejectedError', status, errorCode: undefined });
  });

  test('names IGF’s reasons and the refused fields', async () => {
    igf.answers(400, {
      errorCode: 'E1000',
      message: 'Validation Error has occurred',
      details: [{ path: 'customer.address.houseNr', message: 'is required' }],
    });

    expect(await create()).toMatchObject({
      errorCode: 'E1000',
      paths: ['customer.address.houseNr'],
      message:
        'POST /listings: IGF refused it with 400 (E1000): Validation Error has occurred; ' +
        'customer.address.houseNr: is required',
    });
  });

  test('names nothing that repeats a value of the request', async () => {
    igf.answers(422, { errorCode: 'E1000', message: 'jan@example.com is banned', details: 'Jan' });

    const error = await create();

    expect(error.message).toBe('POST /listings: IGF refused it with 422 (E1000)');
    expect(inspect(error, { depth: 9 })).not.toMatch(/jan|Jan/);
  });

  test('accepts only a code as a code', async () => {
    igf.answers(422, { errorCode: 'Jan Jansen, jan@example.com' });

    expect((await create()).errorCode).toBeUndefined();
  });
});

test.each([404, 405])(
  '%d on a path that is only inferred says that the path may be wrong',
  async (status) => {
    igf.answers(status, { errorCode: 'E404' });

    expect(await onInferredPath()).toMatchObject({
      name: 'IgfPathError',
      status,
      operation: 'GET /listings/{id}',
    });
    expect(await failureOf(igf.client().listings.ofWebshopOrder('1'))).toMatchObject({
      name: 'IgfPathError',
    });
    expect(await failureOf(igf.client().listings.cancel(7))).toMatchObject({ name: 'IgfPathError' });
  },
);

test('a path that may be wrong is logged, and no other failure is', async () => {
  const inDoubt: string[] = [];
  const client = igf.client({ onPathInDoubt: ({ operation }) => inDoubt.push(operation) });
  igf.answers(404, {});
  await failureOf(client.listings.get(7));
  await failureOf(client.listings.ofSku('sku-90'));
  igf.answers(500, {});
  await failureOf(client.listings.get(7));

  expect(inDoubt).toEqual(['GET /listings/{id}']);
});

describe('no usable answer', () => {
  test.each([500, 502, 503, 504, 408, 418])('%d may have been done', async (status) => {
    igf.answers(status, 'oops');

    expect(await create()).toMatchObject({ name: 'IgfUnavailableError', status, effect: 'unknown' });
  });

  test.each([
    [401, 'IgfKeyError'],
    [403, 'IgfKeyError'],
    [429, 'IgfUnavailableError'],
  ])('%d was turned away before it was processed', async (status, name) => {
    igf.answers(status, {});

    expect(await create()).toMatchObject({ name, status, effect: 'not-done' });
  });

  test('an answer that comes too late may have been done', async () => {
    igf.does(() => undefined);

    const error = await create({ timeoutMs: 60 });

    expect(error).toMatchObject({ name: 'IgfUnavailableError', effect: 'unknown', status: undefined });
    expect(error.message).toBe('POST /listings: no answer in 60 ms');
  });

  test('an answer whose body never ends may have been done', async () => {
    igf.does((response) => {
      response.writeHead(201, { 'content-type': 'application/json' });
      response.write('{"id": 7');
    });

    expect(await create({ timeoutMs: 60 })).toMatchObject({ name: 'IgfUnavailableError', effect: 'unknown' });
  });

  test('a connection that is dropped, before or within the answer, may have been done', async () => {
    igf.does((response) => response.destroy());
    expect(await create()).toMatchObject({ name: 'IgfUnavailableError', effect: 'unknown' });

    igf.does((response) => {
      response.writeHead(201, { 'content-length': '100' });
      response.write('{"id": 7', () => response.destroy());
    });
    expect(await create()).toMatchObject({ name: 'IgfUnavailableError', effect: 'unknown' });
  });

  test('an answer that is not HTTP may have been done', async () => {
    igf.does((response) => response.socket?.end('garbage\r\n\r\n'));

    expect(await create()).toMatchObject({ name: 'IgfUnavailableError', effect: 'unknown' });
  });

  test('a redirect is not followed, because it would send the api-key elsewhere', async () => {
    igf.answers(302, '', { location: `${igf.address()}/elsewhere` });

    expect(await create()).toMatchObject({ name: 'IgfUnavailableError' });
    expect(igf.received).toHaveLength(1);
  });

  test('a connection that was never made did nothing', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    closed.close();
    await once(closed, 'close');

    expect(await create({ baseUrl: `http://127.0.0.1:${port}` })).toMatchObject({
      name: 'IgfUnavailableError',
      effect: 'not-done',
    });
  });

  test('is made once, because the queue retries', async () => {
    igf.answers(500, {});

    await create();

    expect(igf.received).toHaveLength(1);
  });
});

describe('Retry-After', () => {
  test('of a 429 and of a 503 is in the error', async () => {
    for (const status of [429, 503]) {
      igf.answers(status, {}, { 'retry-after': '120' });
      expect(await create()).toMatchObject({ retryAfter: 120 });
    }
  });

  test('may be an HTTP date', async () => {
    igf.answers(503, {}, { 'retry-after': 'Mon, 11 Mar 2024 12:05:00 GMT' });

    expect(await create()).toMatchObject({ retryAfter: 300 });
  });

  test.each([
    [null, undefined],
    ['', undefined],
    ['soon', undefined],
    ['0', 0],
    [' 30 ', 30],
    ['Mon, 11 Mar 2024 12:00:01 GMT', 1],
    ['Mon, 11 Mar 2024 11:00:00 GMT', 0],
  ])('%j is %j seconds', (header, seconds) => {
    expect(retryAfterSeconds(header, Date.parse('2024-03-11T12:00:00Z'))).toBe(seconds);
  });
});

describe('the api-key', () => {
  test('that cannot be read sends nothing', async () => {
    const error = await create({ apiKey: () => Promise.reject(new Error('no access')) });

    expect(error).toMatchObject({ name: 'IgfKeyError', effect: 'not-done' });
    expect(igf.received).toHaveLength(0);
    expect(igf.calls).toEqual([]);
  });

  test('that is not valid in a header sends nothing', async () => {
    for (const key of [`${apiKey}\u20ac`, `${apiKey}\nsecond line`]) {
      const error = await create({ apiKey: async () => key });

      expect(error).toMatchObject({ name: 'IgfKeyError', effect: 'not-done' });
      expect(inspect(error, { depth: 9 })).not.toContain(apiKey);
    }
    expect(igf.received).toHaveLength(0);
  });

  test('may end with a pasted line feed', async () => {
    igf.answers(200, { id: 7 });

    await igf.client({ apiKey: async () => `${apiKey}\n` }).listings.get(7);

    expect(igf.received[0]?.headers['api-key']).toBe(apiKey);
  });

  test('is in no error, for any failure and any answer of IGF', async () => {
    const failures: (() => void)[] = [
      ...[400, 401, 404, 429, 500].map(
        (status) => () => igf.answers(status, { errorCode: 'E1', message: apiKey }),
      ),
      () => igf.answers(200, { id: apiKey }),
      () => igf.answers(200, apiKey),
      () => igf.does((response) => response.destroy()),
      () => igf.does((response) => response.socket?.end(`${apiKey}\r\n\r\n`)),
      () => igf.answers(302, '', { location: `http://${apiKey}/` }),
    ];
    for (const goesWrong of failures) {
      goesWrong();
      for (const call of [create, onConfirmedPath, onInferredPath]) {
        const { message, stack } = await call();
        expect(`${message} ${stack}`).not.toContain(apiKey);
      }
    }
  });
});

describe('an observer of the calls', () => {
  test('gets the operation, the status and the time, but no values', async () => {
    igf.answers(422, {});
    await create();
    igf.does((response) => response.destroy());
    await onInferredPath();

    expect(igf.calls).toEqual([
      { operation: 'POST /listings', status: 422, ms: expect.any(Number) },
      { operation: 'GET /listings/{id}', status: undefined, ms: expect.any(Number) },
    ]);
  });
});
