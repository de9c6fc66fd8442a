import { retentionSeconds } from '../../../lib/config/retry-schedule.ts';
import type { ParkedDelivery } from '../../../lib/table/parked-deliveries.ts';
import { plural } from '../../cli/output.ts';

/** Whether SQS has dropped the message of a parked delivery by now (milliseconds since the epoch). */
export const isExpired = ({ parkedAt }: Pick<ParkedDelivery, 'parkedAt'>, now: number): boolean =>
  Date.parse(parkedAt) + retentionSeconds * 1000 <= now;

const days = retentionSeconds / (24 * 3600);

/**
 * Compares a sender's DLQ with the table, and explains a difference. The table holds the deliveries that the worker
 * parked for an order. The DLQ holds every parked message, for two weeks.
 */
export function compareCounts(
  sender: string,
  inDlq: number,
  parked: readonly Pick<ParkedDelivery, 'parkedAt'>[],
  now: number,
): string[] {
  const expired = parked.filter((delivery) => isExpired(delivery, now)).length;
  const expected = parked.length - expired;
  const lines = [`${sender}: ${plural(inDlq, 'message')} in the DLQ, ${parked.length} parked in the table.`];
  if (expired > 0) {
    lines.push(
      `  ${expired} of the table's ${expired === 1 ? 'was' : 'were'} parked more than ${days} days ago. ` +
        'SQS has dropped the message, so a redrive cannot repeat it.',
    );
  }
  if (inDlq > expected) {
    lines.push(
      `  ${inDlq - expected} more in the DLQ than in the table. Possible reasons: attempts crashed and SQS parked the`,
      '  message itself, the message has no known order (it is unreadable, or an ItGoesForward event of an unknown',
      '  return), or it was parked twice.',
      '  npx bridge parked redrive --preview shows each of them.',
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
