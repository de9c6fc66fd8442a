import { setTimeout } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { interruptible } from '../../../infra/cli/command-line.ts';

let now = 0;
const kill = jest.spyOn(process, 'kill').mockReturnValue(true);

beforeEach(() => {
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  kill.mockClear();
});
afterAll(() => jest.restoreAllMocks());

/** Runs work that is interrupted at these times, in milliseconds. @returns whether it got the signal to end */
const interruptedAt = (...times: number[]): Promise<boolean> =>
  interruptible(async (signal) => {
    for (const time of times) {
      now = time;
      process.emit('SIGINT', 'SIGINT');
    }
    await setTimeout(0);
    return signal.aborted;
  });

test('uninterrupted work goes on', async () => {
  expect(await interruptedAt()).toBe(false);
});

test('one Ctrl-C signals the work to end, also when npm passes it on a second time', async () => {
  expect(await interruptedAt(0, 5)).toBe(true);
  expect(kill).not.toHaveBeenCalled();
});

test('a second Ctrl-C ends the process', async () => {
  await interruptedAt(0, 5, 1500);
  expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']]);
});

test('it stops listening afterwards', async () => {
  const before = process.listenerCount('SIGINT');
  await interruptedAt(0);
  expect(process.listenerCount('SIGINT')).toBe(before);
});
