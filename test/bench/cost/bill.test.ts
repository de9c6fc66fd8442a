import { costOf, largestFirst, type Part, sumOf, withoutFree } from './bill.ts';
import { overSample } from './mix.ts';
import { noUsage, plus, withMedianCpu, withWebhooks } from './usage.ts';
import { gbSeconds } from './webhook-bill.ts';

const writes: Part = { name: 'writes', price: 'dynamodbWriteUnit', quantity: 2_000_000 };
const alarms = (quantity: number): Part => ({ name: 'alarms', price: 'alarmMetric', quantity });

test('a part costs its quantity times the price of its region', () => {
  expect(costOf(writes, 'eu-west-1')).toBeCloseTo(1.41);
  expect(costOf(writes, 'eu-central-1')).toBeCloseTo(1.525);
  expect(costOf(alarms(45), 'eu-west-1')).toBeCloseTo(4.5);
});

test('a bill is the sum of its parts, and names the largest first', () => {
  expect(sumOf([writes, alarms(45)], 'eu-west-1')).toBeCloseTo(5.91);
  expect(largestFirst([writes, alarms(45)], 'eu-west-1').map(({ name }) => name)).toEqual([
    'alarms',
    'writes',
  ]);
});

test('what is free of a price is free once, for all of its parts together', () => {
  expect(withoutFree([alarms(4), alarms(16), writes])).toEqual([alarms(0), alarms(10), writes]);
});

test('a run is billed for its CPU time at its share of a CPU, for its waiting, and for its cold starts', () => {
  // 512 MB have 29 % of a CPU: 100 ms of CPU take 345.5 ms.
  expect(gbSeconds(0, 100, 0)).toBeCloseTo(0.17275, 4);
  expect(gbSeconds(0, 0, 1000)).toBeCloseTo(0.5);
  expect(gbSeconds(1000, 0, 0)).toBeCloseTo(2.5);
});

test('usage is added by weight, and scaled to so many webhooks', () => {
  const one = { ...noUsage, webhooks: 4, reads: 2 };

  expect(plus(one, one, 3)).toMatchObject({ webhooks: 16, reads: 8, notices: 0 });
  expect(withWebhooks(one, 1000)).toMatchObject({ webhooks: 1000, reads: 500 });
});

test('of several runs the median of the CPU time counts', () => {
  const usages = [40, 900, 50].map((workerCpuMs) => ({
    ...noUsage,
    webhooks: 4,
    ingestCpuMs: 1,
    workerCpuMs,
  }));

  expect(withMedianCpu(usages)).toEqual({ ...noUsage, webhooks: 4, ingestCpuMs: 1, workerCpuMs: 50 });
});

test('a body is the sample of its vendor with the fields of the life in it, each item like the first of the sample', () => {
  const sample = { id: 'a', address: { city: 'Utrecht', street: 'x' }, items: [{ sku: 's', size: 'M' }] };
  const fields = { id: 'b', address: { city: 'Delft' }, items: [{}, { sku: 't' }] };

  expect(overSample(sample, fields)).toEqual({
    id: 'b',
    address: { city: 'Delft', street: 'x' },
    items: [
      { sku: 's', size: 'M' },
      { sku: 't', size: 'M' },
    ],
  });
});
