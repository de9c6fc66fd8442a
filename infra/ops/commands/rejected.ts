import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { formatTime } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { faultLine, openQuarantine, readingCalls, readToday, timeLeft } from '../quarantine/quarantine.ts';
import { rejectedReplay } from './rejected-replay.ts';
import { rejectedShow } from './rejected-show.ts';

/** Lists the unresolved webhooks that ingest answered with 406 or 413, or accepted in part. */
export const rejected = bridgeCommand({
  name: 'rejected',
  summary: 'list the webhooks that were refused (406, 413), and the time left',
  description: `Lists the webhooks that were answered with 406 or 413 because their body is invalid or too large, and those
    that were accepted without an item that could not be read. Their sender retries what was refused for 24 hours. The
    bridge keeps each of them for 30 days, so that it can be replayed after the schema was corrected.`,
  exit1: 'there are rejected webhooks',
  examples: ['npx bridge rejected', 'npx bridge rejected replay --all --preview'],
  calls: readingCalls,
  subcommands: [rejectedShow, rejectedReplay],
  async run({ bridge, print }) {
    const { waiting, wasAccepted } = await openQuarantine(bridge);
    if (waiting.length === 0) return print('No rejected webhooks.');
    const length = shortLength(waiting.map(({ id }) => id));
    for (const delivery of waiting) {
      print(...formatRejected(delivery, length, await wasAccepted(delivery)));
    }
    return 1;
  },
});

function formatRejected(delivery: RejectedDelivery, idLength: number, wasAccepted: boolean): string[] {
  const { id, webhook, deliveries, firstSeen, lastSeen, errors } = delivery;
  const times = deliveries === 1 ? 'once' : `${deliveries} times, the last ${formatTime(lastSeen)}`;
  return [
    `${id.slice(0, idLength)}  ${webhook}  ${timeLeft(delivery, Date.now())}`,
    `  delivered  ${formatTime(firstSeen)}, ${times}`,
    `  rejected   ${faultLine(errors)}`,
    `  today      ${wasAccepted ? 'it was also accepted: nothing is missing' : verdictToday(delivery)}`,
  ];
}

function verdictToday(delivery: RejectedDelivery): string {
  const today = readToday(delivery);
  return 'payload' in today
    ? 'passes: npx bridge rejected replay puts it on its queue'
    : `still fails: ${faultLine(today.errors)}`;
}
