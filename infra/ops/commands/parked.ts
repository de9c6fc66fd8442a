import { retentionSeconds } from '../../../lib/config/retry-schedule.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { isDropped, type ParkedDelivery, readParked } from '../../../lib/table/parked-deliveries.ts';
import { duration, formatTime, plural } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { deadLetterQueues, senderNameOf } from '../dlq/dead-letter-queue.ts';
import { parkedRedriveCommand } from './parked-redrive.ts';

export const parkedCommand = bridgeCommand({
  name: 'parked',
  alias: 'failed',
  summary: 'list the parked deliveries (in a DLQ): reason, age and order',
  description: `Lists the deliveries that the worker parked after its last attempt. The list comes from the
    table, because reading a queue hides its messages. Below it are the message counts of the DLQs, and an
    explanation where they differ from the table.`,
  exit1: 'something is parked',
  examples: ['npx bridge parked --stage prod', 'npx bridge parked redrive --dry-run'],
  subcommands: [parkedRedriveCommand],
  async run({ bridge, print }) {
    const now = bridge.now();
    const queues = await deadLetterQueues(bridge);
    const deliveries = await readParked(bridge.dynamodb, bridge.table, now);
    const idLength = shortLength(deliveries.map(({ eventId }) => eventId));
    const stage = bridge.stage.name;
    print(...deliveries.flatMap((delivery) => formatParked(delivery, { idLength, now, stage })));
    if (deliveries.length > 0) print('');
    for (const { name, count } of queues) {
      const own = deliveries.filter(({ webhook }) => senderNameOf(webhook) === name);
      print(...compareCounts(name, count, own, now, stage));
    }
    return deliveries.length > 0 || queues.some(({ count }) => count > 0) ? 1 : 0;
  },
});

function formatParked(
  delivery: ParkedDelivery,
  { idLength, now, stage }: { idLength: number; now: number; stage: string },
): string[] {
  const { webhook, orderId, eventId, parkedAt, attempts, reason } = delivery;
  const gone = isDropped(delivery, now) ? ', SQS has deleted its message' : '';
  const since = `parked ${formatTime(parkedAt)} (${duration((now - Date.parse(parkedAt)) / 1000)} ago${gone})`;
  return [
    `${webhook}  ${eventId.slice(0, idLength)}  order ${orderId}  ${since}, ${plural(attempts, 'attempt')}`,
    `  ${reason}`,
    `  ${npxBridge(stage, 'order', orderId)}`,
  ];
}

/**
 * Compares a DLQ with the table, and explains a difference. The table has the deliveries that the worker
 * parked for an order. The DLQ has every parked message, for 14 days after the worker parked it.
 */
export function compareCounts(
  sender: string,
  inDlq: number,
  parked: readonly Pick<ParkedDelivery, 'parkedAt'>[],
  now: number,
  stage: string,
): string[] {
  const expired = parked.filter((delivery) => isDropped(delivery, now)).length;
  const expected = parked.length - expired;
  const lines = [`${sender}: ${plural(inDlq, 'message')} in the DLQ, ${parked.length} parked in the table.`];
  if (expired > 0) {
    const days = retentionSeconds / (24 * 3600);
    lines.push(
      `  ${expired} of the table's ${expired === 1 ? 'was' : 'were'} parked more than ${days} days ago. ` +
        'SQS has deleted the message, so a redrive cannot repeat it.',
    );
  }
  if (inDlq > expected) {
    lines.push(
      `  ${inDlq - expected} more in the DLQ than in the table. Possible reasons: attempts crashed and SQS parked the`,
      '  message itself, the message has no known order (it is unreadable, or an ItGoesForward event of an unknown',
      '  return), or it was parked twice.',
      `  ${npxBridge(stage, 'parked', 'redrive', '--dry-run')} shows each of them.`,
    );
  }
  if (inDlq < expected) {
    lines.push(
      `  ${expected - inDlq} fewer in the DLQ than in the table: ` +
        'they were redriven and still wait in the queue, or somebody deleted them.',
    );
  }
  return lines;
}
