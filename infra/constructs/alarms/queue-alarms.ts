import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import { quarantineWatchMinutes, shortOfTimeSeconds } from '../../../lib/config/timing.ts';
import type { WatchedParts } from '../saved-queries.ts';
import { type AlarmDefinition, fiveMinutes, threeTimesAnHour } from './alarm.ts';
import type { Watched } from './watched.ts';

export interface WorkerQueue {
  /** `winkelstraat`, `igf` or `quarantine`. */
  readonly name: string;
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly worker: LambdaFunction;
}

export const workerQueues = ({
  pipelines,
  quarantine,
}: Pick<WatchedParts, 'pipelines' | 'quarantine'>): WorkerQueue[] => [
  ...pipelines.map(({ name, worker, queue }) => ({ name, worker, ...queue.parts })),
  { name: 'quarantine', worker: quarantine.worker, ...quarantine.queue.parts },
];

/** A command that looks at a DLQ hides its messages for up to ten minutes. In a quarter of an hour they are seen. */
const quarterHour = Duration.minutes(15);
const tenDaysSeconds = Duration.days(10).toSeconds();

/** A queue of a sender whose worker fails or is not called. A message waits in a queue for up to 14 days. */
export function workerAlarms(
  { bridge, logs, deploy }: Watched,
  { name, queue, worker }: WorkerQueue,
): AlarmDefinition[] {
  const inFiveMinutes = { period: fiveMinutes };
  const log = logs(`${name}/worker`);
  return [
    {
      name: `${name}-worker-errors`,
      section: 'worker-errors',
      metric: worker.metricErrors(inFiveMinutes),
      inPeriods: threeTimesAnHour,
      text:
        `The worker of the queue ${name} crashes or runs out of time. Its messages are received again after 3 minutes. ` +
        'Nothing is lost: after 24 hours SQS moves a message to the DLQ, and keeps it there for about 13 days. ' +
        `Type: ${log}. After a deploy, roll back.`,
    },
    {
      name: `${name}-worker-fails-always`,
      section: 'worker-fails-always',
      // Lambda writes 0 or 1 for each run.
      metric: worker.metricErrors({ ...inFiveMinutes, statistic: 'Average' }),
      inPeriods: { needed: 3, of: 3 },
      text:
        `Every run of the worker of the queue ${name} fails. No message is processed, and returns stand still. ` +
        'Nothing is lost: after 24 hours SQS moves a message to the DLQ, and keeps it there for about 13 days. ' +
        `Type: ${log}. After a deploy, roll back.`,
    },
    {
      name: `${name}-not-polled`,
      section: 'not-polled',
      // What is processed, or waits for a retry, is not visible.
      metric: queue.metricApproximateNumberOfMessagesVisible({ ...inFiveMinutes, statistic: 'Minimum' }),
      inPeriods: { needed: 12, of: 12 },
      text:
        `Messages have waited in the queue ${name} for an hour: Lambda does not call its worker, or more come than it ` +
        `can process. Returns stand still. To see how many wait, type: ${bridge('status')}. ` +
        'SQS deletes the first message 14 days after it was sent, without a copy in the DLQ. ' +
        `Open the worker's trigger in the Lambda console and enable it, or type: ${deploy}. ` +
        'If it runs, raise workerConcurrency.',
    },
  ];
}

/** A DLQ keeps what the worker parked for 14 days. What SQS moved has about 13 left, counted from its sending. */
export function deadLetterAlarms({ bridge }: Watched, { name, deadLetters }: WorkerQueue): AlarmDefinition[] {
  const parked = deadLetters.metricApproximateNumberOfMessagesVisible({ period: quarterHour });
  const redrive = `Type: ${bridge('parked')}. Correct the cause, then type: ${bridge('parked', 'redrive')}.`;
  return [
    {
      name: `${name}-dlq-not-empty`,
      section: 'dlq-not-empty',
      metric: parked,
      text:
        `The DLQ of the queue ${name} has messages. They failed for 24 hours, or with an error that no retry mends. ` +
        'The bridge does not process them on its own. SQS deletes the first about 13 days from now. ' +
        redrive,
    },
    {
      name: `${name}-dlq-grows`,
      section: 'dlq-grows',
      metric: new MathExpression({
        expression: 'IF(parked - DIFF(parked) > 0, DIFF(parked), 0)',
        usingMetrics: { parked },
        period: quarterHour,
      }),
      isEvent: true,
      text:
        `More messages came to the DLQ of the queue ${name}, which was not empty before. Their cause may be a new one. ` +
        'SQS deletes them about 13 days from now. ' +
        redrive,
    },
  ];
}

/** The rejected deliveries, and what waits for long. */
export function waitingAlarms(watched: Watched): AlarmDefinition[] {
  const { metric, bridge, logs } = watched;
  const quarantine = watched.quarantine.queue.queue;
  const size = { period: fiveMinutes, statistic: 'Minimum' };
  // A shorter period may fall between two runs.
  const twoRuns = Duration.minutes(2 * quarantineWatchMinutes);
  return [
    {
      name: 'rejected-expiring',
      metric: metric('rejected-expiring', 'Maximum', twoRuns),
      text:
        `Winkelstraat stops repeating a webhook that was answered 406 or 413 in less than ${shortOfTimeSeconds / 3600} hours. ` +
        'The bridge keeps it for 30 days, but then only you can send it on. ' +
        `Type: ${bridge('rejected')}. Correct the cause, then type: ${bridge('rejected', 'replay', '--all')}.`,
    },
    {
      name: 'quarantine-waits',
      // The age of the oldest message leaves out what was received three times, so it misses a worker that fails.
      metric: new MathExpression({
        expression: 'SUM([visible, hidden])',
        usingMetrics: {
          visible: quarantine.metricApproximateNumberOfMessagesVisible(size),
          hidden: quarantine.metricApproximateNumberOfMessagesNotVisible(size),
        },
        period: fiveMinutes,
      }),
      inPeriods: { needed: 12, of: 12 },
      text:
        'The worker of the quarantine has not stored a rejected webhook for an hour. ' +
        'Until it does, no command lists it, and no alarm rings before its sender stops repeating it, ' +
        `23 hours from now. Type: ${logs('quarantine/worker')}.`,
    },
    {
      name: 'parked-for-ten-days',
      // The table does not know what SQS moved by itself, and the age of a queue leaves out what was looked at three times.
      metric: new MathExpression({
        expression: 'FILL(MAX(METRICS()), 0)',
        usingMetrics: {
          m0: metric('parked-oldest-seconds', 'Maximum', twoRuns),
          ...Object.fromEntries(
            workerQueues(watched).map(({ deadLetters: queue }, index) => [
              `m${index + 1}`,
              queue.metricApproximateAgeOfOldestMessage({ period: twoRuns }),
            ]),
          ),
        },
        period: twoRuns,
      }),
      from: tenDaysSeconds,
      text:
        'A message has been in a DLQ for ten days. SQS deletes it about 3 days from now, and then it is lost. ' +
        `Type: ${bridge('parked')}. Correct the cause, then type: ${bridge('parked', 'redrive')}.`,
    },
  ];
}
