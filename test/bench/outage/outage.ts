import { igfCallsPerSecond, igfEnvironments } from '../../../infra/settings/igf-rate-limit.ts';
import { cdkJsonContext, readStage } from '../../../infra/settings/stage.ts';
import { promiseSeconds, retryDelaysSeconds } from '../../../lib/config/retry-schedule.ts';
import { table } from '../../support/table.ts';
import { summarise } from '../statistics.ts';
import { startBenchWorker } from './bench-worker.ts';
import { type MeasuredDrain, type MeasuredOutage, measureDrain, measureOutage } from './measure.ts';

/** One merchant's day. */
const merchantDayMessages = 20_000;

/**
 * Measures the bundled worker while IGF is down, and while a queue is drained.
 * @param messages how many are in the queue, each time
 * @param print called with each table
 */
export async function benchOutage(messages: number, print: (text: string) => void): Promise<void> {
  const { settings: rates } = readStage(cdkJsonContext());
  const { outage, drain } = await measure(messages);
  print(
    `${messages} messages, ${rates.workerConcurrency} environments: the bundled worker over local SQS and DynamoDB. ` +
      `${outage.igfCalls} calls to IGF while it was down, ${outage.seconds.toFixed(0)} s.\n` +
      `A later attempt with an open circuit calls DynamoDB ${outage.tableCallsOfLater.toFixed(1)} times.`,
  );
  print(attemptTable(outage));
  print(budgetOfAnAttempt());
  print(drainTable(drain, rates));
  print(fairnessTable(drain));
}

async function measure(messages: number): Promise<{ outage: MeasuredOutage; drain: MeasuredDrain }> {
  await using open = new AsyncDisposableStack();
  const worker = await startBenchWorker(open);
  const outage = await measureOutage(worker, messages);
  await worker.reset();
  const drain = await measureDrain(worker, messages);
  return { outage, drain };
}

const number = (value: number, digits = 0): string =>
  value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });

const spread = (values: readonly number[]): string[] => {
  if (values.length === 0) return ['0', '–', '–'];
  const { median, lowerQuartile, upperQuartile } = summarise(values);
  return [
    number(values.length),
    `${number(median, 1)} ms`,
    `${number(lowerQuartile, 1)} – ${number(upperQuartile, 1)}`,
  ];
};

const attemptTable = ({ calling, first, later }: MeasuredOutage): string =>
  table(
    ['One attempt while IGF is down', 'Attempts', 'Median', 'Middle half'],
    [
      ['waits for IGF in vain (every attempt, without the breaker)', ...spread(calling)],
      ['circuit open, first attempt: facts are recorded', ...spread(first)],
      ['circuit open, later attempt', ...spread(later)],
    ],
  );

/** How long an attempt may take so that all attempts of a day fit: it follows from the schedule, not from a machine. */
function budgetOfAnAttempt(): string {
  const attempts = merchantDayMessages * (retryDelaysSeconds.length + 1);
  const rows = [2, 5].map((environments) => [
    `${environments} environments`,
    number(attempts),
    `${number((environments * promiseSeconds * 1000) / attempts)} ms`,
  ]);
  return table(['All attempts of 20,000 messages in 24 hours', 'Attempts', 'One may take'], rows);
}

interface Rates {
  readonly igfMaxPerSecond: number;
  readonly workerConcurrency: number;
}

function drainTable({ messages, seconds, igfCalls, mostInASecond }: MeasuredDrain, rates: Rates): string {
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
      ['20,000 messages at this rate', `${number(day / 60)} min`],
      ['20,000 messages at the full share', `${number((perMessage * merchantDayMessages) / share / 60)} min`],
    ],
  );
}

const fairnessTable = ({ byWebhook, seconds }: MeasuredDrain): string =>
  table(
    ['By webhook', 'Messages', 'Half done', 'All done'],
    byWebhook.map(({ webhook, messages, half, all }) => [
      webhook,
      number(messages),
      `${number((half / seconds) * 100)} %`,
      `${number((all / seconds) * 100)} %`,
    ]),
  );
