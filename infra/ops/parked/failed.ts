import { type ParkedDelivery, readParked } from '../../../lib/table/parked-deliveries.ts';
import { duration } from '../../cli/duration.ts';
import { printable } from '../../cli/printable.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import type { Command } from '../command.ts';
import { time } from '../order/time.ts';
import { deadLetterQueues } from './dead-letter-queue.ts';
import { compare, isExpired } from './disagreement.ts';
import { senderNameOf } from './look.ts';

/** Lists the deliveries that were given up, and where their messages are. */
export const failed: Command = {
  name: 'failed',
  positionals: [],
  options: placeOptions,
  summary: 'lists what was given up (parked in a DLQ): why, since when, and where its story is',
  details: `The list is the table's: a queue can't be looked into without taking its messages. Beside it stands how many messages
each DLQ has, and where the two disagree. Exit code 0: nothing is given up, 1: something is.
npm run ops -- failed redrive has it run again.

${placeDetails}`,
  async run(input, print) {
    const needs = 'dynamodb:Query (index work), sqs:GetQueueAttributes';
    const now = Date.now();
    const { parked, queues } = await withBridge(input, needs, async (bridge) => ({
      queues: await deadLetterQueues(bridge),
      parked: await readParked(bridge.dynamodb, bridge.table, now),
    }));
    const length = shortLength(parked.map(({ eventId }) => eventId));
    for (const line of parked.flatMap((delivery) => tell(delivery, length, now))) print(line);
    if (parked.length > 0) print('');
    for (const { sender, count } of queues) {
      const own = parked.filter(({ webhook }) => senderNameOf(webhook) === sender.name);
      for (const line of compare(sender.name, count, own, now)) print(line);
    }
    return parked.length > 0 || queues.some(({ count }) => count > 0) ? 1 : 0;
  },
};

function tell(delivery: ParkedDelivery, idLength: number, now: number): string[] {
  const { webhook, orderId, eventId, parkedAt, attempts, reason } = delivery;
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`;
  const gone = isExpired(delivery, now) ? ', its message is gone' : '';
  const since = `parked ${time(parkedAt)} (${duration((now - Date.parse(parkedAt)) / 1000)} ago${gone})`;
  return [
    printable(`${webhook}  ${eventId.slice(0, idLength)}  order ${orderId}  ${since}, ${tries}`),
    `  ${printable(reason)}`,
    `  npm run ops -- story ${printable(orderId)}`,
  ];
}
