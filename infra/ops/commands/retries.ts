import { z } from 'zod';
import { readRetried } from '../../../lib/table/parked-deliveries.ts';
import { duration, formatTime, indent, plural } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { list, maybe, number, text } from '../result-fields.ts';

const retry = {
  eventId: text('of the event'),
  orderId: maybe(
    "Winkelstraat's number of the order; null: an event of ItGoesForward whose order is not known yet",
  ),
  webhook: text('such as push-api/v2/rma'),
  since: text('when its message was put on the queue'),
  attempts: number('how many failed so far'),
  nextAttemptAt: maybe('when the next attempt is due'),
  reason: text('why the last attempt failed'),
};
const Retries = z.object({
  total: number('how many messages are retried'),
  retries: list(retry, 'the longest retried first'),
});

export const retriesCommand = bridgeCommand<object, typeof Retries>({
  name: 'retries',
  summary: 'list the messages that are retried: why, since when, and when next',
  description: `Lists the messages that failed and wait for another attempt. The bridge tries each for 24 hours,
    then it parks it. There is nothing to do, unless the reason needs a person.`,
  examples: ['npx bridge retries --stage prod', 'npx bridge retries --json | jq .total'],
  result: Retries,
  async run({ bridge }) {
    const retries = await readRetried(bridge.dynamodb, bridge.table, bridge.now());
    return { result: { total: retries.length, retries } };
  },
  format({ retries, total }, { bridge }) {
    const length = shortLength(retries.map(({ eventId }) => eventId));
    const seconds = (time: string): number => (bridge.now() - Date.parse(time)) / 1000;
    return [
      ...retries.flatMap(({ webhook, eventId, orderId, since, attempts, nextAttemptAt, reason }) => [
        `${webhook}  ${eventId.slice(0, length)}  ${orderId ? `order ${orderId}` : 'order not known yet'}  ${plural(attempts, 'attempt')} in ${duration(seconds(since))}`,
        ...indent([
          reason,
          `next attempt ${nextAttemptAt ? formatTime(nextAttemptAt) : 'unknown'}`,
          ...(orderId ? [bridge.command('order', orderId)] : []),
        ]),
      ]),
      total === 0 ? 'Nothing is retried.' : `${plural(total, 'message')}.`,
    ];
  },
});
