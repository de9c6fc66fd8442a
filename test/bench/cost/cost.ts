import { table } from '../../../infra/cli/output.ts';
import { cdkJsonContext, readStage } from '../../../infra/settings/stage.ts';
import { deliveryRetentionSeconds } from '../../../lib/table/deliveries.ts';
import { costOf, largestFirst, type Part, sumOf, withoutFree } from './bill.ts';
import { idleParts, watchingParts } from './idle-bill.ts';
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
  const { shape, usage, once, returns, storedBytes, poll, idle } = await measureCost(context);
  const webhooks = webhookParts(usage, shape);

  print(
    `Prices of ${pricesAsOf}, in USD: test/bench/cost/prices.ts. What is assumed: test/bench/cost/assumptions.ts.`,
  );
  print(mixText(once, usage, returns));
  print(billTable('A million webhooks', webhooks));
  print(verdict('A million webhooks', sumOf(webhooks, region), wanted.million));

  const days = deliveryRetentionSeconds / 86_400;
  const kept = storageParts(usage, storedBytes * (days / 30), settings.logRetentionDays);
  print(billTable(`A month of what is kept, with a million webhooks a month for ${days} days`, kept));
  print(billTable('A month of polling IGF, at most', pollParts(poll, settings)));

  const quiet = idleParts(idle, shape);
  const watched = [...quiet, ...watchingParts(shape)];
  print(idleTable(watched));
  print(verdict('Idle, without alarms and dashboard', sumOf(quiet, region), wanted.idle));
  print(verdict('Idle, with them', sumOf(watched, region), wanted.watched));
  print(verdict('Idle, with them, less what is free', sumOf(withoutFree(watched), region), wanted.watched));
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

const verdict = (what: string, usd: number, most: number): string =>
  `${what}: ${amount(usd)} USD in ${region}. Wanted: ${most} or less, ${usd <= most ? 'reached' : 'not reached'}.`;
