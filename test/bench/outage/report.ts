import { table } from '../../../infra/cli/table.ts';
import { igfCallsPerSecond, igfEnvironments } from '../../../infra/settings/igf-rate-limit.ts';
import { promiseSeconds } from '../../../lib/config/retry-schedule.ts';
import { summarise } from '../statistics.ts';
import type { MeasuredDrain, MeasuredOutage } from './measure.ts';
import { type Lived, type Situation, simulate } from './simulate.ts';

/** One merchant's day. */
export const merchantDayMessages = 20_000;

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
const median = (values: readonly number[]): number => (values.length > 0 ? summarise(values).median : 0);

const spread = (values: readonly number[]): string[] => {
  if (values.length === 0) return ['0', '–', '–'];
  const { median: middle, lowerQuartile, upperQuartile } = summarise(values);
  return [
    number(values.length),
    `${number(middle, 1)} ms`,
    `${number(lowerQuartile, 1)} – ${number(upperQuartile, 1)}`,
  ];
};

export function turnTable({ calling, first, later }: MeasuredOutage): string {
  return table(
    ['One turn while IGF is down', 'Turns', 'Median', 'Middle half'],
    [
      ['waits for IGF in vain (every turn, without the breaker)', ...spread(calling)],
      ['circuit open, first turn: facts are recorded', ...spread(first)],
      ['circuit open, later turn', ...spread(later)],
    ],
  );
}

export interface Rates {
  readonly igfMaxPerSecond: number;
  readonly workerConcurrency: number;
}

/** Simulates 20,000 messages through an outage with what was measured, with and without the breaker. */
export function outageTable(
  outage: MeasuredOutage,
  drain: MeasuredDrain,
  { igfMaxPerSecond }: Rates,
): string {
  const rows = [2, 5].flatMap((environments) =>
    [23, 30].flatMap((downHours) =>
      [true, false].map((withBreaker) => {
        const situation: Situation = {
          ...{ messages: merchantDayMessages, environments, downHours, withBreaker, random: Math.random },
          openTurnSeconds: median([...outage.first, ...outage.later]) / 1000,
          callingTurnSeconds: median(outage.calling) / 1000,
          upTurnSeconds: Math.max(
            median(drain.turns) / 1000,
            1 / igfCallsPerSecond({ igfMaxPerSecond, workerConcurrency: environments }),
          ),
        };
        return row(situation, simulate(situation));
      }),
    ),
  );
  const heads = [
    '20,000 messages, all at once',
    'Turns each',
    'Latest turn',
    'Busy',
    'IGF calls',
    'Delivered',
    'Parked',
  ];
  return table([...heads, 'Over after'], rows);
}

const row = (
  { environments, downHours, withBreaker }: Situation,
  { fewestTurns, mostTurns, latest, busy, callsWhileDown, delivered, parked, endedAfterHours }: Lived,
): string[] => [
  `${environments} environments, down ${downHours} h, ${withBreaker ? 'breaker' : 'no breaker'}`,
  `${fewestTurns} – ${mostTurns}`,
  latest < 120 ? `${number(latest)} s late` : `${number(latest / 60)} min late`,
  `${number(busy * 100, 1)} %`,
  number(callsWhileDown),
  number(delivered),
  number(parked),
  `${number(endedAfterHours, 1)} h`,
];

/** What a turn may cost at most so that all turns of a day fit, whatever the machine: a count, not a time of this one. */
export function roomForATurn(turnsEach: number): string {
  const rows = [2, 5].map((environments) => {
    const turns = merchantDayMessages * turnsEach;
    return [
      `${environments} environments`,
      number(turns),
      `${number((environments * promiseSeconds * 1000) / turns)} ms`,
    ];
  });
  return table(['All turns of 20,000 messages in 24 hours', 'Turns', 'A turn may take'], rows);
}

export function drainTable(drain: MeasuredDrain, rates: Rates): string {
  const { messages, seconds, igfCalls, mostInASecond } = drain;
  const { igfMaxPerSecond, workerConcurrency } = rates;
  const share = igfCallsPerSecond(rates) * workerConcurrency;
  const perMessage = igfCalls / messages;
  const day = (seconds / messages) * merchantDayMessages;
  return table(
    ['Draining a queue', ''],
    [
      ['messages drained', number(messages)],
      ['seconds', number(seconds, 1)],
      ['calls to IGF', number(igfCalls)],
      ['calls a second, on average', number(igfCalls / seconds, 1)],
      ['calls in the busiest second', number(mostInASecond)],
      [
        `this worker's share of ${igfMaxPerSecond} a second (${workerConcurrency} of ${igfEnvironments(rates)} environments)`,
        number(share, 1),
      ],
      ['20,000 messages at this pace', `${number(day / 60)} min`],
      ['20,000 messages at the full share', `${number((perMessage * merchantDayMessages) / share / 60)} min`],
    ],
  );
}

export const fairnessTable = ({ byWebhook, seconds }: MeasuredDrain): string =>
  table(
    ['By webhook', 'Messages', 'Half done', 'All done'],
    byWebhook.map(({ webhook, messages, half, all }) => [
      webhook,
      number(messages),
      `${number((half / seconds) * 100)} %`,
      `${number((all / seconds) * 100)} %`,
    ]),
  );
