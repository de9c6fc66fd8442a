import * as z from 'zod/mini';
import { parseJson } from '../../cli/narration.ts';
import type { LogLine } from './read-logs.ts';

const text = z.catch(z.optional(z.string()), undefined);
const Entry = z.catch(
  z.object({
    requestId: text,
    message: z.catch(z.object({ orderId: text, eventId: text }), { orderId: undefined, eventId: undefined }),
  }),
  { requestId: undefined, message: { orderId: undefined, eventId: undefined } },
);

/** How many lines are kept that may turn out to be about the order. */
const most = 10_000;

/**
 * Makes a filter of the lines about an order. Ingest and the calls to IGF log no order: such a line is about the order
 * whose message it has, or whose invocation. Then it may come out later than it went in.
 */
export function linesOf(orderId: string): (lines: readonly LogLine[]) => LogLine[] {
  const known = new Set<string>();
  let others: LogLine[] = [];
  return (lines) => {
    const all = [...others, ...lines].map((line) => ({ line, entry: Entry.parse(parseJson(line.text)) }));
    for (const { requestId, message } of all.map(({ entry }) => entry)) {
      // A line without a message is one of many orders that an invocation is about.
      if (message.orderId !== orderId || !message.eventId) continue;
      known.add(message.eventId);
      if (requestId) known.add(requestId);
    }
    const isAbout = ({ requestId = '', message: { orderId: named, eventId = '' } }: z.infer<typeof Entry>) =>
      named === undefined ? known.has(requestId) || known.has(eventId) : named === orderId;
    others = all.flatMap(({ line, entry }) => (isAbout(entry) ? [] : [line])).slice(-most);
    return all.flatMap(({ line, entry }) => (isAbout(entry) ? [line] : []));
  };
}
