import { assumptions as a, platformLines } from './assumptions.ts';
import type { Part } from './bill.ts';
import type { DeployedShape } from './deployed-shape.ts';

/** What one run of a function on a schedule used, in a stage without returns. */
export interface ScheduledRun {
  readonly runsAnHour: number;
  readonly tableWrites: number;
  readonly indexWrites: number;
  readonly reads: number;
  readonly cpuMs: number;
  readonly calls: number;
  readonly logBytes: number;
  readonly secretReads: number;
  /** The names of the metrics that it wrote. */
  readonly metrics: readonly string[];
}

/** What is billed for a month without any webhook, before alarms and dashboard. */
export function idleParts(runs: readonly ScheduledRun[], shape: DeployedShape): Part[] {
  const sum = (quantity: (run: ScheduledRun) => number): number =>
    runs.reduce((total, run) => total + run.runsAnHour * a.hoursOfMonth * quantity(run), 0);
  const count = sum(() => 1);
  const polls = (a.pollersOfMapping * a.hoursOfMonth * 3600) / a.pollSeconds;
  const platform = platformLines.reduce((bytes, line) => bytes + Buffer.byteLength(line), 0);
  // An environment rarely lives until the next run.
  const seconds =
    sum(({ cpuMs, calls }) => (cpuMs * a.memoryOfOneCpuMb) / a.memoryMb + calls * a.dynamodbMs + a.coldMs) /
    1000;
  return [
    { name: 'Secrets Manager: secrets', price: 'secret', quantity: shape.secrets },
    { name: 'Secrets Manager: reads', price: 'secretRead', quantity: sum(({ secretReads }) => secretReads) },
    { name: 'SQS: empty receives of the queues', price: 'sqsRequest', quantity: shape.queuesPolled * polls },
    {
      name: 'CloudWatch: metrics of the bridge',
      price: 'customMetric',
      quantity: new Set(runs.flatMap(({ metrics }) => metrics)).size,
    },
    { name: 'Lambda: runs of the schedules', price: 'lambdaRequest', quantity: count },
    { name: 'Lambda: their GB-s', price: 'lambdaGbSecond', quantity: seconds * (a.memoryMb / 1024) },
    { name: 'X-Ray: their traces', price: 'xrayTrace', quantity: shape.worker.isTraced ? count : 0 },
    {
      name: 'logs, GB',
      price: 'logGb',
      quantity: sum(({ logBytes }) => logBytes + (shape.worker.logsRuns ? platform : 0)) / 1024 ** 3,
    },
    {
      name: 'DynamoDB: writes',
      price: 'dynamodbWriteUnit',
      quantity: sum(({ tableWrites, indexWrites }) => tableWrites + indexWrites),
    },
    { name: 'DynamoDB: reads', price: 'dynamodbReadUnit', quantity: sum(({ reads }) => reads) },
    // DynamoDB asks for the key of a table in use about every five minutes.
    { name: 'KMS: key of the table', price: 'kmsRequest', quantity: (a.hoursOfMonth * 60) / 5 },
  ];
}

/** The most metrics that a dashboard of the free tier has. */
const smallDashboardMetrics = 50;

/** The alarms. */
export const alarmParts = ({ alarmMetrics }: DeployedShape): Part[] => [
  { name: 'CloudWatch: metrics that alarms read', price: 'alarmMetric', quantity: alarmMetrics },
];

/** The dashboards, in an account that has others in the place of those that are free. */
export const dashboardParts = ({ dashboards }: DeployedShape): Part[] =>
  dashboards.map((metrics) => {
    const price = metrics <= smallDashboardMetrics ? 'smallDashboard' : 'dashboard';
    return { name: `CloudWatch: dashboard with ${metrics} metrics`, price, quantity: 1 };
  });
