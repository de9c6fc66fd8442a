import { z } from 'zod';
import { formatTime, plural } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { addListOptions, formatGroups, type ListOptions, selecting } from '../lists.ts';
import { firstFaults, openQuarantine, timeLeft } from '../quarantine/quarantine.ts';
import { formatToday, Rejected, toRejected } from '../quarantine/rejected.ts';
import { list } from '../result-fields.ts';
import { rejectedDismissCommand } from './rejected-dismiss.ts';
import { rejectedReplayCommand } from './rejected-replay.ts';
import { rejectedShowCommand } from './rejected-show.ts';

const List = z.object({
  deliveries: list(Rejected.shape, 'the most urgent first'),
});

export const rejectedCommand = bridgeCommand<ListOptions, typeof List>({
  name: 'rejected',
  summary: 'list the webhooks that were refused (406, 413), and the time left',
  description: `Lists the webhooks that the bridge answered with 406 or 413, because their body is invalid or
    too large. Their sender retries them for 24 hours. It also lists those that it accepted without an item
    that it could not read. The bridge keeps each webhook for 30 days. Replay it after the schema was
    corrected, or dismiss it.`,
  exit1: 'there are rejected webhooks',
  examples: [
    'npx bridge rejected',
    'npx bridge rejected --webhook push-api/v2/rma --since 36h',
    'npx bridge rejected replay --all --dry-run',
  ],
  result: List,
  parameters: (command) => addListOptions(command, 'delivered'),
  subcommands: [rejectedShowCommand, rejectedReplayCommand, rejectedDismissCommand],
  async run({ bridge, options }) {
    const { waiting, wasAccepted } = await openQuarantine(bridge);
    const isChosen = selecting(options, bridge.now());
    const deliveries: Rejected[] = [];
    for (const delivery of waiting) {
      if (!isChosen(delivery.webhook, delivery.lastSeen)) continue;
      deliveries.push(toRejected(delivery, await wasAccepted(delivery)));
    }
    return { result: { deliveries }, exitCode: deliveries.length > 0 ? 1 : 0 };
  },
  format({ deliveries }, { bridge, options: { all } }) {
    if (deliveries.length === 0) return ['No rejected webhooks.'];
    const length = shortLength(deliveries.map(({ id }) => id));
    return [
      ...formatGroups(deliveries, {
        groupOf: ({ webhook, errors }) => `${webhook}: ${firstFaults(errors)}`,
        format: (one) => formatRejected(one, length, bridge.now()),
        all,
      }),
      ...(deliveries.some(({ today }) => today.verdict === 'passes')
        ? [`Those that pass can be replayed: ${bridge.command('rejected', 'replay', '--all')}`]
        : []),
      `${plural(deliveries.length, 'rejected webhook')}.`,
    ];
  },
});

function formatRejected(one: Rejected, length: number, now: number): string[] {
  const { id, webhook, deliveries, firstSeen, lastSeen, errors } = one;
  const times = deliveries === 1 ? 'once' : `${deliveries} times, the last ${formatTime(lastSeen)}`;
  return [
    `${id.slice(0, length)}  ${webhook}  ${timeLeft(one, now)}`,
    `  delivered  ${formatTime(firstSeen)}, ${times}`,
    `  rejected   ${firstFaults(errors)}`,
    `  today      ${formatToday(one)}`,
  ];
}
