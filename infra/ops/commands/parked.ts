import type { Command } from 'commander';
import { type ParkedDelivery, readParked } from '../../../lib/table/parked-deliveries.ts';
import { addExamples, rejectUnknownSubcommands, type Terminal } from '../../cli/command-line.ts';
import { duration, formatTime, plural, shellCommand } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, type PlaceOptions } from '../aws/place.ts';
import { compareCounts, isExpired } from '../dlq/compare-counts.ts';
import { deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { senderNameOf } from '../dlq/inspect.ts';
import { addParkedRedrive } from './parked-redrive.ts';

/** Lists the parked deliveries, and how many messages each DLQ has. */
export function addParked(bridge: Command, terminal: Terminal): void {
  const command = bridge
    .command('parked')
    .alias('failed')
    .summary('list the parked deliveries (in a DLQ): reason, age and order')
    .description(
      `Lists the deliveries that the worker parked after its last attempt. The list comes from the table, because
reading a queue hides its messages. Below it are the message counts of the DLQs, and an explanation where
they differ from the table.
Exit code 1: something is parked.`,
    )
    .helpCommand(false);
  addExamples(command, 'npx bridge parked --stage prod', 'npx bridge parked redrive --preview');
  addPlaceOptions(command).action(async (options: PlaceOptions) => {
    const calls = 'dynamodb:Query (index tasks), sqs:GetQueueAttributes';
    const now = Date.now();
    const { parked, queues } = await withBridge(options, calls, async (opened) => ({
      queues: await deadLetterQueues(opened.sqs, opened),
      parked: await readParked(opened.dynamodb, opened.table, now),
    }));
    const length = shortLength(parked.map(({ eventId }) => eventId));
    for (const line of parked.flatMap((delivery) => formatParked(delivery, length, now)))
      terminal.print(line);
    if (parked.length > 0) terminal.print('');
    for (const { sender, count } of queues) {
      const own = parked.filter(({ webhook }) => senderNameOf(webhook) === sender.name);
      for (const line of compareCounts(sender.name, count, own, now)) terminal.print(line);
    }
    if (parked.length > 0 || queues.some(({ count }) => count > 0)) terminal.exitCode = 1;
  });
  addParkedRedrive(command, terminal);
  rejectUnknownSubcommands(command);
}

function formatParked(delivery: ParkedDelivery, idLength: number, now: number): string[] {
  const { webhook, orderId, eventId, parkedAt, attempts, reason } = delivery;
  const gone = isExpired(delivery, now) ? ', SQS has dropped its message' : '';
  const since = `parked ${formatTime(parkedAt)} (${duration((now - Date.parse(parkedAt)) / 1000)} ago${gone})`;
  return [
    `${webhook}  ${eventId.slice(0, idLength)}  order ${orderId}  ${since}, ${plural(attempts, 'attempt')}`,
    `  ${reason}`,
    `  ${shellCommand('npx', 'bridge', 'order', orderId)}`,
  ];
}
