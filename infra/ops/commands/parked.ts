import { z } from 'zod';
import { retentionSeconds } from '../../../lib/config/retry-schedule.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { isDropped, type ParkedDelivery, readParked } from '../../../lib/table/parked-deliveries.ts';
import { duration, formatTime, plural } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { deadLetterQueues, senderNameOf } from '../dlq/dead-letter-queue.ts';
import { addListOptions, formatGroups, type ListOptions, selecting } from '../lists.ts';
import { flag, list, number, text } from '../result-fields.ts';
import { parkedDismissCommand } from './parked-dismiss.ts';
import { parkedRedriveCommand } from './parked-redrive.ts';

const Delivery = z.object({
  eventId: text('the id of the delivery'),
  webhook: text('such as stock-hub/v1/rma'),
  orderId: text("Winkelstraat's number of the order"),
  receivedAt: text('when the bridge accepted it'),
  parkedAt: text('when the worker gave up'),
  attempts: number('how often the worker tried'),
  reason: text('why it gave up'),
  isDropped: flag('whether SQS has deleted its message, so that no redrive repeats it'),
});

const Parked = z.object({
  deliveries: list(Delivery.shape, 'as the table has them, the longest parked first'),
  queues: list(
    {
      name: text('a sender, or quarantine'),
      inDlq: number('how many messages its DLQ has'),
      inTable: number('how many the table has'),
    },
    'the DLQs',
  ),
});

interface Listed extends z.infer<typeof Parked> {
  /** With the deliveries that the table has. */
  queues: (z.infer<typeof Parked>['queues'][number] & { readonly own: readonly ParkedDelivery[] })[];
}

export const parkedCommand = bridgeCommand<ListOptions, typeof Parked, Listed>({
  name: 'parked',
  alias: 'failed',
  summary: 'list the parked deliveries (in a DLQ): reason, age and order',
  description: `Lists the deliveries that the worker parked after its last attempt. The list comes from the
    table, because reading a queue hides its messages. Below it are the message counts of the DLQs, and an
    explanation where they differ from the table.`,
  exit1: 'something is parked',
  examples: [
    'npx bridge parked --stage prod',
    'npx bridge parked --webhook stock-hub/v1/rma --since 7d',
    'npx bridge parked redrive --dry-run',
  ],
  result: Parked,
  parameters: (command) => addListOptions(command, 'parked'),
  subcommands: [parkedRedriveCommand, parkedDismissCommand],
  async run({ bridge, options }) {
    const now = bridge.now();
    const queues = await deadLetterQueues(bridge);
    const parked = await readParked(bridge.dynamodb, bridge.table, now);
    const isChosen = selecting(options, now);
    const deliveries = parked.filter(({ webhook, parkedAt }) => isChosen(webhook, parkedAt));
    const result = {
      deliveries: deliveries.map((one) => ({ ...one, isDropped: isDropped(one, now) })),
      queues: queues.map(({ name, count: inDlq }) => {
        const own = parked.filter(({ webhook }) => senderNameOf(webhook) === name);
        return { name, inDlq, inTable: own.length, own };
      }),
    };
    return { result, exitCode: parked.length > 0 || queues.some(({ count }) => count > 0) ? 1 : 0 };
  },
  format({ deliveries, queues }, { bridge, options }) {
    const now = bridge.now();
    const stage = bridge.stage.name;
    const idLength = shortLength(deliveries.map(({ eventId }) => eventId));
    return [
      ...formatGroups(deliveries, {
        groupOf: ({ webhook, reason }) => `${webhook}: ${reason}`,
        format: (delivery) => formatParked(delivery, { idLength, now, stage }),
        all: options.all,
      }),
      ...(deliveries.length > 0 ? [''] : []),
      ...queues.flatMap(({ name, inDlq, own }) => compareCounts(name, inDlq, own, now, stage)),
    ];
  },
});

function formatParked(
  delivery: Listed['deliveries'][number],
  { idLength, now, stage }: { idLength: number; now: number; stage: string },
): string[] {
  const { webhook, orderId, eventId, parkedAt, attempts, reason, isDropped: isGone } = delivery;
  const gone = isGone ? ', SQS has deleted its message' : '';
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
      `  This shows each of them: ${npxBridge(stage, 'parked', 'redrive', '--dry-run')}`,
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
