import { writeCount } from '../../../lib/runtime/metric.ts';

test('a count is one line in CloudWatch’s embedded metric format, in the stack’s own namespace', () => {
  const lines: string[] = [];
  writeCount('Things', 3, { namespace: 'bridge-prod', now: 1_700_000_000_000 }, (line) => lines.push(line));

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: 'bridge-prod',
          Dimensions: [[]],
          Metrics: [{ Name: 'Things', Unit: 'Count' }],
        },
      ],
    },
    Things: 3,
  });
});
