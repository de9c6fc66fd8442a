import { jest } from '@jest/globals';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { watchSubscriptions } from '../../../lib/reconciler/igf-account.ts';

const all = (...taken: string[]) =>
  eventTypes.map((eventType) => ({
    eventType,
    url: `https://${taken.includes(eventType) ? 'other' : 'us'}.example/s3cret`,
  }));

const error = jest.spyOn(console, 'error').mockImplementation(() => {});
const warn = jest.spyOn(console, 'warn').mockImplementation(() => {});
beforeEach(() => jest.clearAllMocks());
afterAll(() => jest.restoreAllMocks());

test('logs nothing while IGF sends us all events', async () => {
  expect(await watchSubscriptions({ all: async () => all() }, 'us.example')).toBe(0);
  expect(error).not.toHaveBeenCalled();
});

test('names the events that IGF does not send us, but not the URL that gets them', async () => {
  const listed = all('SHIPPED').filter(({ eventType }) => eventType !== 'REFUND');
  expect(await watchSubscriptions({ all: async () => listed }, 'us.example')).toBe(2);
  expect(error.mock.calls).toEqual([
    [
      {
        step: 'subscription-lost',
        missing: 1,
        taken: 1,
        reason: 'IGF does not send us SHIPPED, REFUND.',
      },
    ],
  ]);
});

test('only warns when IGF does not answer, and throws an error of our own', async () => {
  const silent = async () => {
    throw new IgfUnavailableError('GET /webhooks', 'IGF answered 503', { effect: 'unknown' });
  };
  expect(await watchSubscriptions({ all: silent }, 'us.example')).toBeUndefined();
  expect(warn).toHaveBeenCalledTimes(1);
  expect(error).not.toHaveBeenCalled();
  const faulty = async () => {
    throw new TypeError('a fault of ours');
  };
  await expect(watchSubscriptions({ all: faulty }, 'us.example')).rejects.toThrow(TypeError);
});
