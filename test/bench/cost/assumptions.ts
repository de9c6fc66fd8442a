import { secretMaxAgeMs } from '../../../lib/runtime/secret.ts';

/** What no machine but AWS's can count, and what stands in for it. */
export const assumptions = {
  /** A function's share of a CPU is that of its memory in 1,769 MB. Its CPU here and on AWS count as equally fast. */
  memoryOfOneCpuMb: 1769,
  memoryMb: 512,
  /** How long a run waits for each call. Locally nothing is far away. */
  sqsMs: 10,
  dynamodbMs: 5,
  igfMs: 200,
  /** The share of runs that start an environment, and how long that takes (billed since August 2025). */
  coldShare: 0.01,
  coldMs: 500,
  /** An environment reads its secret this often. As many run all month: 12 of ingest, and 4 of workers. */
  secretReadMinutes: secretMaxAgeMs / 60_000,
  secretsRead: 12 + 4,
  /** Bytes that leave AWS for each answer to a webhook and for each call to IGF, with their headers. */
  answerBytes: 500,
  igfCallBytes: 2000,
  /** CloudWatch adds this to each log event. */
  logEventBytes: 26,
  /** Compressed logs, as a share of their size. */
  logCompression: 0.15,
  /** Lambda polls a queue with five pollers, each for 20 seconds, where a mapping has a maximum concurrency. */
  pollersOfMapping: 5,
  pollSeconds: 20,
  /** A trace is recorded for each run: at a merchant's rate X-Ray's sampling (one a second, and 5 % of the rest) skips few. */
  tracedShare: 1,
  hoursOfMonth: 730,
} as const;

const requestId = '79b5e81f-9cdd-4145-b1f6-7c50ef8a2a36';
const time = '2026-10-08T07:30:29.470Z';

/**
 * The two lines that Lambda writes for each run at the system log level INFO, as AWS's documentation shows them. At WARN it
 * writes none for a run that ends well.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-log-level.html
 */
export const platformLines: readonly string[] = [
  {
    time,
    type: 'platform.start',
    record: {
      requestId,
      functionArn:
        'arn:aws:lambda:eu-west-1:123456789012:function:returns-bridge-prod-WinkelstraatStockHubV1RmaB7-Ab1Cd2Ef3Gh4',
      version: '$LATEST',
    },
  },
  {
    time,
    type: 'platform.report',
    record: {
      requestId,
      metrics: { durationMs: 1072.145, billedDurationMs: 1073, memorySizeMB: 512, maxMemoryUsedMB: 125 },
      status: 'success',
    },
  },
].map((line) => JSON.stringify(line));

/** A value of each variable of the access log, as long as usual. Any other counts as absent: `-`. */
export const accessLogValues: Readonly<Record<string, string>> = {
  '$context.requestTime': '08/Oct/2026:07:30:29 +0000',
  '$context.requestId': 'JKJaXmPLvHcESHA=',
  '$context.routeKey': 'POST /winkelstraat/stock-hub/v1/shipment',
  '$context.status': '202',
  '$context.responseLatency': '38',
  '$context.integration.status': '200',
  '$context.integration.latency': '36',
  '$context.integration.requestId': requestId,
};
