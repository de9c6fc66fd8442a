import { z } from 'zod';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { oneOf, wholeNumber } from '../../cli/command-line.ts';
import { counting, formatTime } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { type Since, since } from '../../cli/since.ts';
import { bridgeCommand } from '../command.ts';
import { type ListedEvent, listEvents, outcomes } from '../find/list.ts';
import { counts, list, maybe, number, oneOfThese, text } from '../result-fields.ts';
import { totalLine } from './returns.ts';

const event = {
  eventId: text('of the event'),
  orderId: maybe("Winkelstraat's number of the order"),
  webhook: text('such as push-api/v2/rma'),
  receivedAt: text('when it came'),
  outcome: oneOfThese(outcomes, 'how its last attempt ended'),
  attempts: number('how many there were'),
  error: maybe('why the last one failed'),
  correlationId: text('the id that its log lines have'),
};
const Events = z.object({
  total: number('how many events there are'),
  outcomes: counts('how many of them ended how'),
  events: list(event, 'the newest first, at most --limit'),
});

const webhooks = senders.flatMap((sender) => [...sender.webhooks, ...(sender.internal ?? [])]);
const webhookNames = webhooks.map(({ name }) => name);

interface Options {
  readonly webhook?: string;
  readonly outcome?: ListedEvent['outcome'];
  readonly since?: Since;
  readonly limit: number;
}

export const eventsCommand = bridgeCommand<Options, typeof Events>({
  name: 'events',
  summary: 'list the webhooks that came, and how each ended',
  description: `Lists the webhooks of both senders, the newest first, and counts them by outcome. Done: it was
    processed. Skipped: there was nothing to do. Retry: it waits for another attempt. Parked: it is in a DLQ.
    Rejected: it was answered 406 or 413. It reads the whole table.`,
  examples: [
    'npx bridge events --since 2h --stage prod',
    'npx bridge events --webhook push-api/v2/rma --outcome parked',
  ],
  result: Events,
  parameters: (command) =>
    command
      .option('--webhook <name>', 'only this webhook, such as stock-hub/v1/rma', oneOf(webhookNames))
      .option('--outcome <outcome>', `only this one: ${outcomes.join(', ')}`, oneOf(outcomes))
      .option('--since <time>', 'received since then: 30m, 36h, 7d or 2026-11-27', since)
      .option('--limit <n>', 'at most so many; all are counted', wholeNumber({ least: 1 }), 50),
  async run({ bridge, options }) {
    const onPage = (count: number): void => counting('items read:', count);
    const from = options.since?.(bridge.now()) ?? '';
    const all = (await listEvents(bridge, { onPage }).finally(() => onPage(0))).filter(
      ({ webhook, outcome, receivedAt }) =>
        receivedAt >= from &&
        (options.webhook ?? webhook) === webhook &&
        (options.outcome ?? outcome) === outcome,
    );
    const groups = [...Map.groupBy(all, ({ outcome }) => outcome)].map(([name, own]) => [name, own.length]);
    return {
      result: {
        total: all.length,
        outcomes: Object.fromEntries(groups),
        events: all.slice(0, options.limit),
      },
    };
  },
  format({ total, outcomes: counts, events }) {
    const length = shortLength(events.map(({ eventId }) => eventId));
    return [
      ...events.flatMap(({ eventId, orderId, webhook, receivedAt, outcome, error }) => [
        `${formatTime(receivedAt)}  ${webhook}  ${eventId.slice(0, length)}  ${outcome}${orderId === null ? '' : `  order ${orderId}`}`,
        ...(error === null ? [] : [`  ${error}`]),
      ]),
      totalLine('event', total, events.length, counts),
    ];
  },
});
