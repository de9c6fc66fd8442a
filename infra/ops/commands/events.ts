import { z } from 'zod';
import { oneOf } from '../../cli/command-line.ts';
import { formatTime } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import type { Since } from '../../cli/since.ts';
import { bridgeCommand } from '../command.ts';
import { type ListedEvent, listEvents, outcomes } from '../find/list.ts';
import { countingItems } from '../find/scan.ts';
import { countBy, limitOption, selecting, sinceOption, totalLine, webhookOption } from '../lists.ts';
import { counts, list, maybe, number, oneOfThese, text } from '../result-fields.ts';

const Events = z.object({
  total: number('how many events there are'),
  outcomes: counts('how many of them ended how'),
  events: list(
    {
      eventId: text('of the event'),
      orderId: maybe("Winkelstraat's number of the order"),
      webhook: text('such as push-api/v2/rma'),
      receivedAt: text('when it came'),
      outcome: oneOfThese(outcomes, 'how its last attempt ended'),
      attempts: number('how many there were'),
      error: maybe('why the last one failed'),
      correlationId: text('the id that its log lines have'),
    },
    'the newest first, at most --limit',
  ),
});

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
      .addOption(webhookOption())
      .option('--outcome <outcome>', `only this one: ${outcomes.join(', ')}`, oneOf(outcomes))
      .addOption(sinceOption('received'))
      .addOption(limitOption()),
  async run({ bridge, options }) {
    const isChosen = selecting(options, bridge.now());
    const all = (await countingItems((progress) => listEvents(bridge, progress))).filter(
      ({ webhook, outcome, receivedAt }) =>
        isChosen(webhook, receivedAt) && (options.outcome ?? outcome) === outcome,
    );
    const events = all.slice(0, options.limit);
    return { result: { total: all.length, outcomes: countBy(all, ({ outcome }) => outcome), events } };
  },
  format({ total, outcomes: counts, events }) {
    const length = shortLength(events.map(({ eventId }) => eventId));
    return [
      ...events.flatMap(({ eventId, orderId, webhook, receivedAt, outcome, error }) => [
        `${formatTime(receivedAt)}  ${webhook}  ${eventId.slice(0, length)}  ${outcome}${orderId ? `  order ${orderId}` : ''}`,
        ...(error ? [`  ${error}`] : []),
      ]),
      totalLine('event', total, events.length, counts),
    ];
  },
});
