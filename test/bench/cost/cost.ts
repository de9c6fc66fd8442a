import { cdkJsonContext, readStage } from '../../../infra/settings/stage.ts';
import { deliveryRetentionSeconds } from '../../../lib/table/deliveries.ts';
import { table } from '../../support/table.ts';
import { summarise } from '../statistics.ts';
import { costOf, largestFirst, type Part, sumOf, withoutFree } from './bill.ts';
import { alarmParts, dashboardParts, idleParts } from './idle-bill.ts';
import { measureCost } from './measure.ts';
import { duplicateShare } from './mix.ts';
import { pricesAsOf, type Region, regions } from './prices.ts';
import type { Usage } from './usage.ts';
import { storageParts, webhookParts } from './webhook-bill.ts';

/** What is wanted, in USD. */
const wanted = { million: 12, idle: 4, watched: 8 } as const;

const context = { stage: 'prod', attentionEmail: 'none' };
const million = 1_000_000;
const [region] = regions;

/** Counts what is billed, and prints tables of what it costs. @param print called with each table */
export async function benchCost(print: (text: string) => void): Promise<void> {
  const { settings } = readStage({ ...cdkJsonContext(), ...context });
  const { shape, usage, once, returns, storedBytes, poll, idle, cpuMs } = await measureCost(context);
  const webhooks = webhookParts(usage, shape);

  print(
    `Prices of ${pricesAsOf}, in USD: test/bench/cost/prices.ts. What is assumed: test/bench/cost/assumptions.ts.`,
  );
  print(mixText(once, usage, returns));
  print(noiseText(cpuMs, webhooks));
  print(billTable('A million webhooks', webhooks));
  print(verdict('A million webhooks', webhooks, wanted.million));

  const days = deliveryRetentionSeconds / 86_400;
  const kept = storageParts(usage, storedBytes * (days / 30), settings.logRetentionDays);
  print(billTable(`A month of what is kept, with a million webhooks a month for ${days} days`, kept));
  print(billTable('A month of polling IGF, at most', pollParts(poll, settings)));

  const quiet = idleParts(idle, shape);
  const dashboards = dashboardParts(shape);
  const alarmed = [...quiet, ...alarmParts(shape)];
  const watched = [...alarmed, ...dashboards];
  print(idleTable(watched));
  print(verdict('Idle, without alarms and dashboard', quiet, wanted.idle));
  const amongFirst = [...alarmed, ...withoutFree(dashboards)];
  print(
    verdict(
      'Idle, with them; the dashboard is one of the first three of its account',
      amongFirst,
      wanted.watched,
    ),
  );
  print(verdict('Idle, with them; the account has three other dashboards', watched, wanted.watched));
  print(verdict('Idle, with them, less all that is free', withoutFree(watched), wanted.watched));
}

const amount = (usd: number): string => usd.toFixed(2);
const count = (quantity: number): string =>
  quantity.toLocaleString('en', { maximumFractionDigits: quantity < 100 ? 2 : 0 });

function mixText(
  { webhooks, igfCalls, notices }: Usage,
  { tableWrites, indexWrites, reads }: Usage,
  returns: number,
) {
  const each = (value: number): string => value.toFixed(2);
  const ofEach = (units: number): string => each(units / million);
  return (
    `The mix: ${returns} ordinary returns of both families, ${each(webhooks / returns)} webhooks each, IGF's own among them; ` +
    `${each(igfCalls / webhooks)} calls to IGF and ${each(notices / webhooks)} notices a webhook; ` +
    `${duplicateShare * 100} % of the webhooks come twice.\n` +
    `A webhook uses ${ofEach(tableWrites)} write units, ${ofEach(indexWrites)} in the index, and ${ofEach(reads)} read units.`
  );
}

/** What the machine's other work may change of the result. */
function noiseText(cpuMs: readonly number[], parts: readonly Part[]): string {
  const { median } = summarise(cpuMs);
  const [least = 0, most = 0] = [Math.min(...cpuMs), Math.max(...cpuMs)].map((ms) => ms / median - 1);
  const percent = (share: number): string => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(0)} %`;
  const lambda = sumOf(
    parts.filter(({ price }) => price === 'lambdaGbSecond'),
    region,
  );
  return (
    `CPU time is the median of ${cpuMs.length} rounds, which took ${percent(least)} to ${percent(most)} of it. ` +
    `It is a part of the ${amount(lambda)} USD for GB-seconds of Lambda. All else is counted, and the same in each run.`
  );
}

const sums = (parts: readonly Part[]): string[] => regions.map((each) => amount(sumOf(parts, each)));

function billTable(title: string, parts: readonly Part[]): string {
  const rows = largestFirst(parts, region).map((part) => [
    part.name,
    count(part.quantity),
    ...regions.map((each: Region) => amount(costOf(part, each))),
  ]);
  return table([title, 'Count', ...regions], [...rows, ['sum', '', ...sums(parts)]]);
}

function idleTable(parts: readonly Part[]): string {
  const rows = largestFirst(parts, region).map((part) => {
    const less = withoutFree(parts)[parts.indexOf(part)];
    return [
      part.name,
      count(part.quantity),
      amount(costOf(part, region)),
      amount(less ? costOf(less, region) : 0),
    ];
  });
  const last = ['sum', '', amount(sumOf(parts, region)), amount(sumOf(withoutFree(parts), region))];
  return table(['A month without a webhook', 'Count', region, 'less free tier'], [...rows, last]);
}

/** The reconciler makes at most so many calls in each run, however many returns are at IGF. */
function pollParts(
  { polled, usage }: { polled: number; usage: Usage },
  { reconcileCalls, reconcileMinutes }: { reconcileCalls: number; reconcileMinutes: number },
): Part[] {
  const polls = (reconcileCalls * 730 * 60) / reconcileMinutes / (usage.igfCalls / polled);
  return [
    { name: 'DynamoDB: writes', price: 'dynamodbWriteUnit', quantity: (polls * usage.tableWrites) / polled },
    {
      name: 'DynamoDB: writes to the index',
      price: 'dynamodbWriteUnit',
      quantity: (polls * usage.indexWrites) / polled,
    },
    { name: 'DynamoDB: reads', price: 'dynamodbReadUnit', quantity: (polls * usage.reads) / polled },
  ];
}

function verdict(what: string, parts: readonly Part[], most: number): string {
  const usd = regions.map((each) => sumOf(parts, each));
  const isReached = usd.every((each) => each <= most) ? 'reached' : 'not reached';
  const costs = regions.map((each, index) => `${amount(usd[index] ?? 0)} USD in ${each}`).join(', ');
  return `${what}: ${costs}. Wanted: ${most} or less, ${isReached}.`;
}
