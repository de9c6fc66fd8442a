import { retentionSeconds } from '../../../lib/config/retry-schedule.ts';
import type { ParkedDelivery } from '../../../lib/table/parked-deliveries.ts';

/** Whether SQS has dropped the message of a parked delivery by now. Times in milliseconds since the epoch. */
export const isExpired = ({ parkedAt }: Pick<ParkedDelivery, 'parkedAt'>, now: number): boolean =>
  Date.parse(parkedAt) + retentionSeconds * 1000 <= now;

const days = retentionSeconds / (24 * 3600);

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

/**
 * What DLQ and table of a sender say of one another. The table holds what its worker parked for an order; the DLQ has
 * every message that was given up, for two weeks.
 */
export function compare(
  sender: string,
  inDlq: number,
  parked: readonly Pick<ParkedDelivery, 'parkedAt'>[],
  now: number,
): string[] {
  const expired = parked.filter((delivery) => isExpired(delivery, now)).length;
  const expected = parked.length - expired;
  const lines = [`${sender}: ${count(inDlq, 'message')} in the DLQ, ${parked.length} parked in the table.`];
  if (expired > 0) {
    lines.push(
      `  ${expired} of the table's ${expired === 1 ? 'was' : 'were'} parked more than ${days} days ago: SQS has dropped what can be redriven of it.`,
    );
  }
  if (inDlq > expected) {
    lines.push(
      `  ${inDlq - expected} more in the DLQ than the table knows: moved there by SQS itself after attempts that crashed, of no`,
      "  known order (unreadable, or an event of ItGoesForward's whose return is not known), or parked twice.",
      '  npm run ops -- failed redrive --preview looks at each.',
    );
  }
  if (inDlq < expected) {
    lines.push(
      `  ${expected - inDlq} fewer in the DLQ than the table knows: redriven and not worked on yet, or taken out by hand.`,
    );
  }
  return lines;
}
