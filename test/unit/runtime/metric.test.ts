import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { measure } from '../../../lib/runtime/log.ts';

const written = (name: Parameters<typeof measure>[0], value: number): string[] => {
  const lines: string[] = [];
  measure(name, value, (line) => lines.push(line));
  return lines;
};

afterEach(() => {
  delete process.env.METRIC_NAMESPACE;
  jest.useRealTimers();
});

describe('a measured value', () => {
  test('is one line in CloudWatch’s embedded metric format, in the stack’s own namespace', () => {
    jest.useFakeTimers({ now: 1_700_000_000_000 });
    process.env.METRIC_NAMESPACE = 'bridge-prod';
    const [line = '', ...others] = written('wrong-key', 3);
    expect(others).toEqual([]);
    expect(line).toMatch(/^[^\n]+\n$/);
    expect(JSON.parse(line)).toEqual({
      _aws: {
        Timestamp: 1_700_000_000_000,
        CloudWatchMetrics: [
          {
            Namespace: 'bridge-prod',
            Dimensions: [[]],
            Metrics: [{ Name: 'wrong-key', Unit: 'Count' }],
          },
        ],
      },
      'wrong-key': 3,
    });
  });

  test('has its unit in its name', () => {
    process.env.METRIC_NAMESPACE = 'bridge-prod';
    expect(written('done-seconds', 2)[0]).toContain('"Unit":"Seconds"');
  });

  test('is not written outside of a deployed function', () => {
    expect(written('wrong-key', 1)).toEqual([]);
  });
});
