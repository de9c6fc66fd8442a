import { isUnreachable } from '../../../infra/ops/aws/aws-error.ts';

test('a port where nothing listens is unreachable, whoever calls it', () => {
  const failed = new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
  expect(isUnreachable(failed)).toBe(true);
  expect(isUnreachable(new AggregateError([Object.assign(new Error(), { code: 'ECONNREFUSED' })]))).toBe(
    true,
  );
  expect(isUnreachable(new Error('fetch failed'))).toBe(false);
});
