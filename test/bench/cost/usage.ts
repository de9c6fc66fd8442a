import { total } from '../../support/counting-proxy.ts';
import type { Counts } from '../counted-bridge.ts';

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

/** The sum of `one` and so many times `other`. */
export const plus = (one: Usage, other: Usage, times = 1): Usage =>
  combined((quantity) => one[quantity] + times * other[quantity]);

/** The same mix with so many webhooks. */
export const withWebhooks = (usage: Usage, webhooks: number): Usage =>
  plus(noUsage, usage, webhooks / usage.webhooks);
