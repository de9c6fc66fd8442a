import { igfCallsPerSecond, igfEnvironments, minimumRate } from '../../infra/settings/igf-rate-limit.ts';
import {
  igfTimeoutSeconds,
  mostCallsInARow,
  storingSeconds,
  workerTimeoutSeconds,
} from '../../lib/config/timing.ts';
import { environmentOf, queueAndWorker } from './architecture.ts';
import { at, synthesizeStage } from './template.ts';

/** The most calls to IGF a second that the template allows to all environments together. */
function callsInAll(context: Record<string, string>): number {
  const template = synthesizeStage({ stage: 'test', ...context });
  const each = (fn: Parameters<typeof environmentOf>[0]) => Number(environmentOf(fn).IGF_CALLS_PER_SECOND);
  const reconciler = template.one(
    'AWS::Lambda::Function',
    (fn) => environmentOf(fn).RECONCILE_CALLS !== undefined,
  );
  const workers = ['winkelstraat', 'igf'].map((name) => {
    const { worker } = queueAndWorker(template, name);
    const mapping = template.one(
      'AWS::Lambda::EventSourceMapping',
      ({ properties }) => properties.FunctionName === `<${worker.id}>`,
    );
    return each(worker) * Number(at(mapping.properties, 'ScalingConfig', 'MaximumConcurrency'));
  });
  return workers.reduce((sum, calls) => sum + calls, each(reconciler));
}

test.each([{ igfMaxPerSecond: '3.5', workerConcurrency: '3' }, { workerConcurrency: '7' }])(
  'all environments of a stage with %j together stay below the rate, and use it up',
  (context) => {
    const rate = Number((context as Record<string, string>).igfMaxPerSecond ?? 20);

    expect(callsInAll(context)).toBeLessThanOrEqual(rate);
    expect(callsInAll(context)).toBeGreaterThan(rate * 0.95);
  },
);

test('the environments of both workers and of the reconciler share the rate', () => {
  expect(igfEnvironments({ workerConcurrency: 5 })).toBe(11);
});

test('at the lowest rate of a stage, an attempt that waits before each of its calls still ends in time', () => {
  const rate = { workerConcurrency: 9, igfMaxPerSecond: minimumRate({ workerConcurrency: 9 }) };

  const seconds = mostCallsInARow / igfCallsPerSecond(rate) + igfTimeoutSeconds + storingSeconds;
  expect(seconds).toBeLessThanOrEqual(workerTimeoutSeconds);
});
