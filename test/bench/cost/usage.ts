import { total } from '../../support/counting-proxy.ts';
import type { Counts } from '../counted-bridge.ts';
import { summarise } from '../statistics.ts';

/** What was counted, as numbers that can be added and weighed. */
const quantities = [
  'webhooks',
  'workerRuns',
  'ingestCpuMs',
  'workerCpuMs',
  /** Calls to AWS of all runs together, and calls to IGF. */
  'sqsSends',
  'dynamodbCalls',
  'igfCalls',
  'tableWrites',
  'indexWrites',
  'reads',
  'ingestLogBytes',
  'ingestLogLines',
  'workerLogBytes',
  'workerLogLines',
  'notices',
] as const;
export type Usage = Readonly<Record<(typeof quantities)[number], number>>;

const cpuMs = (micros: readonly number[]): number => micros.reduce((sum, each) => sum + each, 0) / 1000;

export function usageOf({ calls, units, runs }: Counts): Usage {
  const { Publish: notices = 0, ...sqs } = calls.sqs;
  return {
    webhooks: runs.request.cpuMicros.length,
    workerRuns: runs.queue.cpuMicros.length,
    ingestCpuMs: cpuMs(runs.request.cpuMicros),
    workerCpuMs: cpuMs(runs.queue.cpuMicros),
    sqsSends: total(sqs),
    dynamodbCalls: total(calls.dynamodb),
    igfCalls: total(calls.igf),
    tableWrites: units.table,
    indexWrites: units.index,
    reads: units.read,
    ingestLogBytes: runs.request.logBytes,
    ingestLogLines: runs.request.lines,
    workerLogBytes: runs.queue.logBytes,
    workerLogLines: runs.queue.lines,
    notices,
  };
}

const combined = (value: (quantity: (typeof quantities)[number]) => number): Usage =>
  Object.fromEntries(quantities.map((quantity) => [quantity, value(quantity)])) as unknown as Usage;

export const noUsage: Usage = combined(() => 0);

export const cpuOf = (usage: Usage | undefined): number =>
  usage ? usage.ingestCpuMs + usage.workerCpuMs : 0;

/** One of some usages that differ in their CPU time alone, with the median of that. @throws RangeError without any */
export function withMedianCpu(usages: readonly Usage[]): Usage {
  const median = (of: 'ingestCpuMs' | 'workerCpuMs') => summarise(usages.map((usage) => usage[of])).median;
  return {
    ...(usages[0] ?? noUsage),
    ingestCpuMs: median('ingestCpuMs'),
    workerCpuMs: median('workerCpuMs'),
  };
}

/** The sum of `one` and so many times `other`. */
export const plus = (one: Usage, other: Usage, times = 1): Usage =>
  combined((quantity) => one[quantity] + times * other[quantity]);

/** The same mix with so many webhooks. */
export const withWebhooks = (usage: Usage, webhooks: number): Usage =>
  plus(noUsage, usage, webhooks / usage.webhooks);
