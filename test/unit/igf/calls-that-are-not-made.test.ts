import { failuresUntilOpen, storingSeconds } from '../../../lib/config/timing.ts';
import { igfCircuit } from '../../../lib/igf/circuit-breaker.ts';
import type { RateLimiter } from '../../../lib/igf/rate-limiter.ts';
import { rateLimiter } from '../../../lib/igf/rate-limiter.ts';
import { failureOf, scriptedServer } from './scripted-server.ts';

const igf = scriptedServer();
const findBySku = (client: ReturnType<typeof igf.client>) => failureOf(client.listings.ofSku('sku-90'));

describe('while IGF is down', () => {
  test('calls fail without a socket, and surely changed nothing', async () => {
    igf.answers(503, {});
    const client = igf.client({ circuit: igfCircuit() });
    for (let call = 0; call < failuresUntilOpen; call += 1) {
      expect(await findBySku(client)).toMatchObject({ status: 503, effect: 'unknown' });
    }
    expect(igf.received).toHaveLength(failuresUntilOpen);

    expect(await findBySku(client)).toMatchObject({
      name: 'IgfUnavailableError',
      effect: 'not-done',
      status: undefined,
      message:
        'GET /listings/sku/{skuId}: not called: ItGoesForward is down (GET /listings/sku/{skuId}: IGF answered 503)',
    });
    expect(igf.received).toHaveLength(failuresUntilOpen);
    expect(igf.calls).toHaveLength(failuresUntilOpen);
  });

  test('a broken connection and a timeout count like a 5xx', async () => {
    let calls = 0;
    igf.does((response) => {
      calls += 1;
      if (calls % 2 === 0) response.destroy();
    });
    const client = igf.client({ circuit: igfCircuit(), timeoutMs: 50 });
    for (let call = 0; call < failuresUntilOpen; call += 1) await findBySku(client);
    expect(await findBySku(client)).toMatchObject({ effect: 'not-done' });
    expect(calls).toBe(failuresUntilOpen);
  });

  test('the clients of one execution environment share the circuit breaker', async () => {
    igf.answers(500, {});
    const options = { circuit: igfCircuit() };
    for (let call = 0; call < failuresUntilOpen; call += 1) await findBySku(igf.client(options));
    await findBySku(igf.client(options));
    expect(igf.received).toHaveLength(failuresUntilOpen);
  });
});

test('an api-key that can not be read does not count as a failure of IGF', async () => {
  const circuit = igfCircuit();
  const unreadable = async () => {
    throw new Error('no value');
  };
  for (let call = 0; call < 2 * failuresUntilOpen; call += 1)
    await findBySku(igf.client({ circuit, apiKey: unreadable }));
  expect(circuit.refusal()).toBeUndefined();
});

test('a 429 does not count as an outage: its Retry-After delays the message, and other calls are made', async () => {
  igf.answers(429, {}, { 'retry-after': '90' });
  const client = igf.client({ circuit: igfCircuit() });
  for (let call = 0; call < 3 * failuresUntilOpen; call += 1) {
    expect(await findBySku(client)).toMatchObject({ status: 429, effect: 'not-done', retryAfter: 90 });
  }
  expect(igf.received).toHaveLength(3 * failuresUntilOpen);
});

describe('a call that waits for the rate limiter', () => {
  test('is not made when it would outlast its invocation, and surely changed nothing', async () => {
    igf.answers(200, []);
    const client = igf.client({ rateLimiter: rateLimiter(0.001), timeLeft: () => 30_000 });
    await client.listings.ofSku('sku-90');

    expect(await findBySku(client)).toMatchObject({ name: 'IgfUnavailableError', effect: 'not-done' });
    expect(igf.received).toHaveLength(1);
  });

  test('leaves time for the call itself, and for storing its answer', async () => {
    igf.answers(200, []);
    const limits: number[] = [];
    const rateLimiter: RateLimiter = {
      acquire: async (mostMs) => {
        limits.push(mostMs);
        return true;
      },
    };
    const client = igf.client({ rateLimiter, timeoutMs: 6000, timeLeft: () => 30_000 });
    await client.listings.ofSku('sku-90');
    expect(limits).toEqual([30_000 - 6000 - storingSeconds * 1000]);
  });

  test('is not made while IGF is down', async () => {
    igf.answers(500, {});
    let turns = 0;
    const rateLimiter: RateLimiter = {
      acquire: async () => {
        turns += 1;
        return true;
      },
    };
    const client = igf.client({ circuit: igfCircuit(), rateLimiter });
    for (let call = 0; call < failuresUntilOpen + 5; call += 1) await findBySku(client);
    expect(turns).toBe(failuresUntilOpen);
  });
});
