import type { Command } from 'commander';
import { UsageError } from '../cli/command-line.ts';
import { type Since, since } from '../cli/since.ts';
import { senderOf } from './dlq/dead-letter-queue.ts';

/** The options of a list of deliveries. Its subcommands have them too. */
export interface ListOptions {
  readonly webhook?: string;
  readonly since?: Since;
  readonly all?: true;
}

/** @param what what happened since, such as `parked` */
export const addListOptions = (command: Command, what: string): Command =>
  command
    .option('--webhook <name>', 'only of this webhook, such as stock-hub/v1/rma')
    .option('--since <time>', `only ${what} since: 36h, 7d, or 2026-11-27`, since)
    .option('--all', 'every one, also of those with the same webhook and error');

/** @throws UsageError */
export function checkListOptions({ webhook }: ListOptions): void {
  if (webhook !== undefined) senderOf(webhook);
}

/** @throws UsageError */
export function takesOneId({ webhook, since, all }: ListOptions): void {
  if (webhook === undefined && since === undefined && !all) return;
  throw new UsageError('--webhook, --since and --all select from a list, and this command takes one id.');
}
