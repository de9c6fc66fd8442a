import { jest } from '@jest/globals';
import { runOnSchedule } from '../../../infra/local/event-source.ts';
import type { LambdaFunction } from '../../../infra/local/lambda-function.ts';
import { aFunction } from './fixture.ts';

beforeEach(() => void jest.useFakeTimers());
afterEach(() => void jest.useRealTimers());

/** A schedule of an hour with an observed function, whose runs end as the test determines. */
function scheduled(speed: number, end: () => ReturnType<LambdaFunction['invoke']>) {
  const events: unknown[] = [];
  const failures: string[] = [];
  const lambda: Pick<LambdaFunction, 'invoke'> = {
    invoke: (event) => {
      events.push(event);
      return end();
    },
  };
  const part = runOnSchedule({
    schedule: { function: aFunction(), everySeconds: 3600, event: { a: 1 } },
    lambda,
    speed,
    onFailure: ({ errorMessage }) => failures.push(errorMessage),
  });
  return { part, events, failures };
}
const ok = async () => ({ ok: true as const, requestId: '1', payload: null });

test('starts its function with its event each time that the interval has passed in the local runtime’s time', async () => {
  const { part, events } = scheduled(60, ok);
  await jest.advanceTimersByTimeAsync(59_999);
  expect(events).toEqual([]);
  await jest.advanceTimersByTimeAsync(60_001);
  expect(events).toEqual([{ a: 1 }, { a: 1 }]);
  await part[Symbol.asyncDispose]();
  await jest.advanceTimersByTimeAsync(600_000);
  expect(events).toHaveLength(2);
});

test('never starts a second run beside one that goes on, however fast time passes', async () => {
  const first = Promise.withResolvers<Awaited<ReturnType<typeof ok>>>();
  const { part, events } = scheduled(1_000_000, () => first.promise);
  await jest.advanceTimersByTimeAsync(999);
  expect(events).toHaveLength(0);
  await jest.advanceTimersByTimeAsync(5001);
  expect(events).toHaveLength(1);
  first.resolve(await ok());
  await jest.advanceTimersByTimeAsync(1000);
  expect(events).toHaveLength(2);
  await part[Symbol.asyncDispose]();
});

test('reports a run that failed, and goes on', async () => {
  const failure = { kind: 'error' as const, errorType: 'Error', errorMessage: 'no', stackTrace: [] };
  const { part, failures } = scheduled(3600, async () => ({ ok: false, requestId: '1', failure }));
  await jest.advanceTimersByTimeAsync(2000);
  expect(failures).toEqual(['no', 'no']);
  await part[Symbol.asyncDispose]();
});
