import type { ChaosReport } from './run.ts';
import type { Tally } from './tally.ts';

const shownDifferences = 40;
/** The worst first. */
const gravity = ['doubled', 'lost', 'wrong'];

const number = (value: number): string => value.toLocaleString('en');

const sum = (tally: Tally): number => tally.all().reduce((total, [, count]) => total + count, 0);

const counts = (tally: Tally, before: string, after = ''): string => {
  const text = tally.all().map(([name, count]) => `${name} ${number(count)}`);
  return text.length > 0 ? before + text.join(', ') + after : '';
};

/** The report at the end of a run. */
export function reportOf(report: ChaosReport, seed: number): string {
  const { orders, webhooks, deliveries, refused, verdict, faults, killed, calls, seconds } = report;
  const { returns, listings, cancels, differences } = verdict;
  const hints = new Map(orders.map(({ orderId, hint }) => [orderId, hint]));
  const of = (kind: string): number => differences.filter((difference) => difference.kind === kind).length;
  const width = Math.max(...faults.all().map(([name]) => name.length), 20);
  const lines = [
    ...faults.all().map(([name, count]) => `  ${name.padEnd(width)} ${number(count).padStart(8)}`),
    ...killed
      .all()
      .map(([name, count]) => `  ${`killed: ${name}`.padEnd(width)} ${number(count).padStart(8)}`),
    '',
    `seed ${seed}: ${number(webhooks)} webhooks of ${number(orders.length)} orders with ${number(returns)} return items`,
    `${number(deliveries)} deliveries were accepted, ${number(sum(refused))} were not and came again${counts(refused, ' (', ')')}`,
    `${number(sum(faults))} faults, ${number(sum(killed))} threads killed`,
    `calls${counts(calls, ': ')}`,
    `${number(listings)} listings, ${number(cancels)} cancels`,
    `${seconds.toFixed(1)} s, ${(webhooks / seconds).toFixed(1)} webhooks a second`,
    ...differences
      .toSorted((one, other) => gravity.indexOf(one.kind) - gravity.indexOf(other.kind))
      .slice(0, shownDifferences)
      .map(({ kind, orderId, what }) => `${kind}: ${orderId} (${hints.get(orderId) ?? 'unknown'}) ${what}`),
    ...(differences.length > shownDifferences ? [`… and ${differences.length - shownDifferences} more`] : []),
    `lost ${of('lost')}, doubled ${of('doubled')}, wrong ${of('wrong')}`,
  ];
  return lines.join('\n');
}
