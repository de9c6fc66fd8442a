import { circuitOpenSeconds, failuresUntilOpen } from '../../../lib/config/timing.ts';
import { type Circuit, CircuitOpenError, igfCircuit } from '../../../lib/igf/circuit-breaker.ts';
import {
  IgfContractError,
  IgfPathError,
  IgfRejectedError,
  IgfRequestError,
  IgfUnavailableError,
} from '../../../lib/igf/errors.ts';

const realNow = Date.now;
let clock = Date.parse('2024-03-11T12:00:00Z');
const pass = (seconds: number): void => {
  clock += seconds * 1000;
};
// As the local runtime does it: `Date` runs at another speed, timers do not.
beforeAll(() => {
  Date.now = () => clock;
});
afterAll(() => {
  Date.now = realNow;
});

const timeout = new IgfUnavailableError('POST /listings', 'no answer in 6000 ms', { effect: 'unknown' });
const answered = (status: number) =>
  new IgfUnavailableError('POST /listings', `IGF answered ${status}`, { status, effect: 'unknown' });

/**
 * Makes this many calls with this result.
 * @returns how many of them were really made
 */
async function make(circuit: Circuit, count: number, error?: unknown): Promise<number> {
  let made = 0;
  for (let call = 0; call < count; call += 1) {
    const ending = circuit.run(async () => {
      made += 1;
      if (error) throw error;
      return 'an answer';
    });
    await ending.catch(() => {});
  }
  return made;
}

async function opened(error: unknown = timeout) {
  const changes: unknown[] = [];
  const circuit = igfCircuit({ onChange: (change) => changes.push(change) });
  await make(circuit, failuresUntilOpen, error);
  return { circuit, changes };
}

describe('the circuit opens', () => {
  test.each([
    ['no answer in time', timeout],
    [
      'a broken connection',
      new IgfUnavailableError('GET /x', 'the connection failed', { effect: 'not-done' }),
    ],
    ['500', answered(500)],
    ['503', answered(503)],
  ])('after some failures in a row: %s', async (_what, error) => {
    const circuit = igfCircuit();
    await make(circuit, failuresUntilOpen - 1, error);
    expect(circuit.refusal()).toBeUndefined();
    await make(circuit, 1, error);
    expect(circuit.refusal()).toBe(`ItGoesForward is down (${error.message})`);
  });

  test('and then no call is made; each fails with an error of its own', async () => {
    const { circuit } = await opened();

    expect(await make(circuit, 3)).toBe(0);
    await expect(circuit.run(async () => 'an answer')).rejects.toThrow(CircuitOpenError);
  });

  test('but not when an answer came in between', async () => {
    const circuit = igfCircuit();
    for (let round = 0; round < 3; round += 1) {
      await make(circuit, failuresUntilOpen - 1, timeout);
      expect(await make(circuit, 1)).toBe(1);
    }
    expect(circuit.refusal()).toBeUndefined();
  });
});

describe('a result that does not open the circuit', () => {
  const others: [string, unknown][] = [
    ['a refusal', new IgfRejectedError('POST /listings', 409, undefined)],
    ['a path that may be wrong', new IgfPathError('GET /listings/{id}', 404)],
    ['an answer that is not as documented', new IgfContractError('POST /listings', 'id')],
    ['a request that was not sent', new IgfRequestError('POST /listings', ['sku'])],
    ['401', answered(401)],
    ['403', answered(403)],
    ['429', answered(429)],
    ['a fault of our own', new TypeError('undefined is not a function')],
  ];

  test.each(others)('is %s, however often', async (_what, error) => {
    const circuit = igfCircuit();
    expect(await make(circuit, 50, error)).toBe(50);
    expect(circuit.refusal()).toBeUndefined();
  });

  test.each(others)('is %s, and failures before it do not count any more', async (_what, error) => {
    const circuit = igfCircuit();
    await make(circuit, failuresUntilOpen - 1, timeout);
    await make(circuit, 1, error);
    await make(circuit, failuresUntilOpen - 1, timeout);
    expect(circuit.refusal()).toBeUndefined();
  });
});

describe('once it was open for its time', () => {
  test('a probe call is made, and not before, by the clock that Date shows', async () => {
    const { circuit } = await opened();
    pass(circuitOpenSeconds - 1);
    expect(circuit.refusal()).toBeDefined();
    expect(await make(circuit, 1)).toBe(0);
    pass(1);
    expect(circuit.refusal()).toBeUndefined();
    expect(await make(circuit, 1)).toBe(1);
  });

  test('one failure keeps it open for the same time again, with the reason of that failure', async () => {
    const { circuit } = await opened();
    pass(circuitOpenSeconds);
    expect(await make(circuit, 10, answered(502))).toBe(1);
    expect(circuit.refusal()).toBe('ItGoesForward is down (POST /listings: IGF answered 502)');
    pass(circuitOpenSeconds - 1);
    expect(await make(circuit, 1)).toBe(0);
    pass(1);
    expect(await make(circuit, 1)).toBe(1);
  });

  test.each([
    ['an answer', undefined],
    ['a refusal, which is an answer', new IgfRejectedError('POST /listings', 409, undefined)],
  ])('%s closes it, and all calls are made again', async (_what, error) => {
    const { circuit } = await opened();
    pass(circuitOpenSeconds);
    await make(circuit, 1, error);
    expect(circuit.refusal()).toBeUndefined();
    expect(await make(circuit, 10)).toBe(10);
    expect(await make(circuit, failuresUntilOpen - 1, timeout)).toBe(failuresUntilOpen - 1);
    expect(circuit.refusal()).toBeUndefined();
  });

  test('only one probe call is made: other calls wait for it, and are not made when it fails', async () => {
    const { circuit } = await opened();
    pass(circuitOpenSeconds);
    const answer = Promise.withResolvers<string>();
    const probe = circuit.run(() => answer.promise);
    const others = Promise.all([make(circuit, 3), make(circuit, 3)]);
    answer.reject(timeout);
    await expect(probe).rejects.toBe(timeout);
    expect(await others).toEqual([0, 0]);
  });
});

test('the caller gets the result or the error of its call unchanged', async () => {
  const circuit = igfCircuit();
  const errors = Array.from({ length: failuresUntilOpen }, () => answered(500));
  for (const error of errors) {
    await expect(
      circuit.run(async () => {
        throw error;
      }),
    ).rejects.toBe(error);
  }
  pass(circuitOpenSeconds);
  await expect(circuit.run(async () => 'the answer')).resolves.toBe('the answer');
});

test('opening and closing are logged once each time, but failed probes are not', async () => {
  const { circuit, changes } = await opened();
  for (let probe = 0; probe < 3; probe += 1) {
    pass(circuitOpenSeconds);
    await make(circuit, 1, timeout);
  }
  pass(circuitOpenSeconds);
  await make(circuit, 2);
  await make(circuit, failuresUntilOpen, answered(500));

  expect(changes).toEqual([
    { state: 'open', reason: 'ItGoesForward is down (POST /listings: no answer in 6000 ms)' },
    { state: 'closed' },
    { state: 'open', reason: 'ItGoesForward is down (POST /listings: IGF answered 500)' },
  ]);
});
