import { parseJson } from '../../cli/narration.ts';
import type { LogLine } from './read-logs.ts';

/** What a line of a function's log is about. Lambda itself writes others. */
function about(text: string): Partial<Record<'requestId' | 'orderId' | 'eventId', unknown>> {
  const { requestId, message } = Object(parseJson(text));
  const { orderId, eventId } = Object(message);
  return { requestId, orderId, eventId };
}

/** How many lines are kept that may turn out to be about the order. */
const most = 10_000;

/**
 * Makes a filter of the lines about an order. Ingest and the calls to IGF log no order: such a line is about the order
 * whose message it has, or whose invocation. Then it may come out later than it went in.
 */
export function linesOf(orderId: string): (lines: readonly LogLine[]) => LogLine[] {
  const known = new Set<unknown>();
  let others: LogLine[] = [];
  return (lines) => {
    const all = [...others, ...lines].map((line) => ({ line, ...about(line.text) }));
    for (const { requestId, orderId: named, eventId } of all) {
      // A line without a message is one of many orders that an invocation is about.
      if (named !== orderId || !eventId) continue;
      known.add(eventId);
      if (requestId) known.add(requestId);
    }
    const isWanted = ({ requestId, orderId: named, eventId }: (typeof all)[number]): boolean =>
      named === undefined ? known.has(requestId) || known.has(eventId) : named === orderId;
    const { wanted = [], left = [] } = Object.groupBy(all, (one) => (isWanted(one) ? 'wanted' : 'left'));
    others = left.map(({ line }) => line).slice(-most);
    return wanted.map(({ line }) => line);
  };
}
