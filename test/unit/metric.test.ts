import { metricNamespace, writeCount } from '../../lib/metric.ts';

test('a count is one line in CloudWatch’s embedded metric format, by stage', () => {
  const lines: string[] = [];
  writeCount('Things', 3, { stage: 'prod', now: 1_700_000_000_000 }, (line) => lines.push(line));

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^[^\n]+\n$/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    _aws: {
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: metricNamespace,
          Dimensions: [['Stage']],
          Metrics: [{ Name: 'Things', Unit: 'Count' }],
        },
      ],
    },
    Stage: 'prod',
    Things: 3,
  });
});
