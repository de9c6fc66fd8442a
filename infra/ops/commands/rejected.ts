import type { Command } from 'commander';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { addExamples, rejectUnknownSubcommands, type Terminal } from '../../cli/command-line.ts';
import { formatTime } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, type PlaceOptions } from '../aws/place.ts';
import {
  faultLine,
  type OpenQuarantine,
  openQuarantine,
  readingCalls,
  readToday,
  timeLeft,
} from '../quarantine/quarantine.ts';
import { addRejectedReplay } from './rejected-replay.ts';
import { addRejectedShow } from './rejected-show.ts';

/** Lists the unresolved webhooks that ingest answered with 406 or 413, or accepted in part. */
export function addRejected(bridge: Command, terminal: Terminal): void {
  const command = bridge
    .command('rejected')
    .summary('list the webhooks that were refused (406, 413), and the time left')
    .description(
      `Lists the webhooks that were answered with 406 or 413 because their body is invalid or too large, and those
that were accepted without an item that could not be read. Their sender retries what was refused for 24
hours. The bridge keeps each of them for 30 days, so that it can be replayed after the schema was
corrected.
Exit code 1: there are rejected webhooks.`,
    )
    .helpCommand(false);
  addExamples(command, 'npx bridge rejected', 'npx bridge rejected replay --all --preview');
  addPlaceOptions(command).action(async (options: PlaceOptions) => {
    const lines = await withBridge(options, readingCalls, async (opened) => {
      const quarantine = await openQuarantine(opened);
      const length = shortLength(quarantine.waiting.map(({ id }) => id));
      const formatted: string[] = [];
      for (const delivery of quarantine.waiting) {
        formatted.push(...(await formatRejected(delivery, quarantine, length)));
      }
      return formatted;
    });
    for (const line of lines) terminal.print(line);
    if (lines.length > 0) terminal.exitCode = 1;
    else terminal.print('No rejected webhooks.');
  });
  addRejectedShow(command, terminal);
  addRejectedReplay(command, terminal);
  rejectUnknownSubcommands(command);
}

async function formatRejected(
  delivery: RejectedDelivery,
  quarantine: OpenQuarantine,
  idLength: number,
): Promise<string[]> {
  const { id, webhook, deliveries, firstSeen, lastSeen } = delivery;
  const times = deliveries === 1 ? 'once' : `${deliveries} times, the last ${formatTime(lastSeen)}`;
  return [
    `${id.slice(0, idLength)}  ${webhook}  ${timeLeft(delivery, Date.now())}`,
    `  delivered  ${formatTime(firstSeen)}, ${times}`,
    `  rejected   ${faultLine(delivery.errors)}`,
    `  today      ${await verdictToday(delivery, quarantine)}`,
  ];
}

async function verdictToday(delivery: RejectedDelivery, { wasAccepted }: OpenQuarantine): Promise<string> {
  if (await wasAccepted(delivery)) return 'it was also accepted: nothing is missing';
  const result = readToday(delivery);
  return 'payload' in result
    ? 'passes: npx bridge rejected replay puts it on its queue'
    : `still fails: ${faultLine(result.errors)}`;
}
