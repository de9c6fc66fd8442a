import { type Command, Option } from 'commander';
import { oneOf, UsageError, wholeNumber } from '../cli/command-line.ts';
import { plural } from '../cli/output.ts';
import { type Since, since } from '../cli/since.ts';
import { webhookNames } from './dlq/dead-letter-queue.ts';

/** What selects webhooks. */
interface Selecting {
  readonly webhook?: string;
  readonly since?: Since;
}

/** The options of a list of deliveries. Its subcommands have them too. */
export interface ListOptions extends Selecting {
  readonly all?: true;
}

export const webhookOption = (): Option =>
  new Option('--webhook <name>', 'only this webhook, such as stock-hub/v1/rma').argParser(
    oneOf(webhookNames),
  );

/** @param what what happened since, such as `parked` */
export const sinceOption = (what: string): Option =>
  new Option('--since <time>', `only ${what} since: 30m, 36h, 7d, or 2026-11-27T14:05Z`).argParser(since);

export const limitOption = (): Option =>
  new Option('--limit <n>', 'at most so many; all are counted')
    .argParser(wholeNumber({ least: 1 }))
    .default(50);

export const addListOptions = (command: Command, what: string): Command =>
  command
    .addOption(webhookOption())
    .addOption(sinceOption(what))
    .option('--all', 'every one, also of those with the same webhook and error');

/** Makes a filter of what came, or was parked, at a time. @param now milliseconds since the epoch */
export function selecting(options: Selecting, now: number): (webhook: string, at: string) => boolean {
  const from = options.since?.(now) ?? '';
  return (webhook, at) => at >= from && (options.webhook ?? webhook) === webhook;
}

/** @throws UsageError */
export function takesOneId({ webhook, since, all }: ListOptions): void {
  if (webhook === undefined && since === undefined && !all) return;
  throw new UsageError('--webhook, --since and --all select from a list, and this command takes one id.');
}

/** How many entries there are of each name, in the order of the first of each. */
export const countBy = <T>(all: readonly T[], nameOf: (entry: T) => string): Record<string, number> =>
  Object.fromEntries([...Map.groupBy(all, nameOf)].map(([name, { length }]) => [name, length]));

/** Under a list with `--limit`: `12 returns, 5 of them above: 9 Listed, 3 Matched.` */
export function totalLine(
  noun: string,
  total: number,
  shown: number,
  counts: Readonly<Record<string, number>>,
): string {
  if (total === 0) return `No ${noun}s.`;
  const each = Object.entries(counts).map(([name, count]) => `${count} ${name}`);
  const above = shown < total ? `, ${shown} of them above (--limit)` : '';
  return `${plural(total, noun)}${above}: ${each.join(', ')}.`;
}

/** How many entries of a group are printed, unless all are wanted. */
const most = 5;

interface GroupOptions<Entry> {
  /** Names the group of an entry, such as its webhook and error. */
  readonly groupOf: (entry: Entry) => string;
  readonly format: (entry: Entry) => readonly string[];
  readonly all: boolean | undefined;
}

/** Entries by their group, in the order of the first entry of each. A long group is cut short. */
export const formatGroups = <Entry>(
  entries: readonly Entry[],
  { groupOf, format, all = false }: GroupOptions<Entry>,
): string[] =>
  [...Map.groupBy(entries, groupOf)].flatMap(([group, own]) => {
    const shown = all ? own : own.slice(0, most);
    const left = own.length - shown.length;
    return [
      ...(own.length > 1 ? [`${own.length} × ${group}`] : []),
      ...shown.flatMap(format),
      ...(left > 0 ? [`  and ${left} more: --all prints them`] : []),
    ];
  });
