import { accessLogValues, assumptions, platformLines } from './assumptions.ts';
import type { Part } from './bill.ts';
import type { DeployedShape } from './deployed-shape.ts';
import type { Usage } from './usage.ts';

const a = assumptions;
const gigabyte = 1024 ** 3;
const monthMinutes = a.hoursOfMonth * 60;

/** The GB-seconds of so many runs that took so much CPU time, and waited so long. */
export function gbSeconds(runs: number, cpuMs: number, waitMs: number): number {
  const ms = (cpuMs * a.memoryOfOneCpuMb) / a.memoryMb + waitMs + runs * a.coldShare * a.coldMs;
  return (ms / 1000) * (a.memoryMb / 1024);
}

/** The bytes that CloudWatch bills for lines. */
const logBytes = (bytes: number, lines: number): number => bytes + lines * a.logEventBytes;

/** The access log's line of one answer. */
const accessLine = (format: string): string =>
  format.replace(/\$context\.[a-zA-Z.]+/g, (name) => accessLogValues[name] ?? '-');

/** What is billed for webhooks of which this was counted, in a month in which they come. */
export function webhookParts(usage: Usage, shape: DeployedShape): Part[] {
  const { webhooks, workerRuns } = usage;
  const runs = webhooks + workerRuns;
  const platform = platformLines.reduce((sum, line) => sum + logBytes(Buffer.byteLength(line), 1), 0);
  const chattyRuns = (shape.ingest.logsRuns ? webhooks : 0) + (shape.worker.logsRuns ? workerRuns : 0);
  const tracedRuns = (shape.ingest.isTraced ? webhooks : 0) + (shape.worker.isTraced ? workerRuns : 0);
  const ingestMs = usage.sqsSends * a.sqsMs;
  const workerMs = usage.dynamodbCalls * a.dynamodbMs + usage.igfCalls * a.igfMs;
  const secretReads = a.secretsRead * (monthMinutes / a.secretReadMinutes);
  const logs: [string, number][] = [
    ['logs: ours, ingest', logBytes(usage.ingestLogBytes, usage.ingestLogLines)],
    ['logs: ours, worker', logBytes(usage.workerLogBytes, usage.workerLogLines)],
    ['logs: Lambda', chattyRuns * platform],
    ['logs: access log', webhooks * logBytes(Buffer.byteLength(accessLine(shape.accessLogFormat)), 1)],
  ];
  return [
    { name: 'HTTP API', price: 'apiRequest', quantity: webhooks },
    { name: 'Lambda: runs', price: 'lambdaRequest', quantity: runs },
    {
      name: 'Lambda: ingest, GB-s',
      price: 'lambdaGbSecond',
      quantity: gbSeconds(webhooks, usage.ingestCpuMs, ingestMs),
    },
    {
      name: 'Lambda: worker, GB-s',
      price: 'lambdaGbSecond',
      quantity: gbSeconds(workerRuns, usage.workerCpuMs, workerMs),
    },
    // A body is smaller than 64 KB. Each message is sent, received and deleted.
    { name: 'SQS: send, receive, delete', price: 'sqsRequest', quantity: usage.sqsSends + 2 * workerRuns },
    { name: 'DynamoDB: writes', price: 'dynamodbWriteUnit', quantity: usage.tableWrites },
    { name: 'DynamoDB: writes to the index', price: 'dynamodbWriteUnit', quantity: usage.indexWrites },
    { name: 'DynamoDB: reads', price: 'dynamodbReadUnit', quantity: usage.reads },
    ...logs.map(
      ([name, bytes]): Part => ({ name: `${name}, GB`, price: 'logGb', quantity: bytes / gigabyte }),
    ),
    { name: 'X-Ray: traces', price: 'xrayTrace', quantity: tracedRuns * a.tracedShare },
    { name: 'Secrets Manager: reads, a month', price: 'secretRead', quantity: secretReads },
    { name: 'SNS: notices', price: 'snsPublish', quantity: usage.notices },
    { name: 'SNS: their mails', price: 'snsMail', quantity: usage.notices },
    {
      name: 'data to the internet, GB',
      price: 'egressGb',
      quantity: (webhooks * a.answerBytes + usage.igfCalls * a.igfCallBytes) / gigabyte,
    },
  ];
}

/** What keeping it costs each month, once webhooks have come for as long as it is kept. */
export function storageParts(usage: Usage, storedBytes: number, logDays: number): Part[] {
  const stored = storedBytes / gigabyte;
  const logs = logBytes(
    usage.ingestLogBytes + usage.workerLogBytes,
    usage.ingestLogLines + usage.workerLogLines,
  );
  const kept = (logs / gigabyte) * a.logCompression * (logDays / 30);
  return [
    { name: 'DynamoDB: stored, GB', price: 'dynamodbGbMonth', quantity: stored },
    { name: 'DynamoDB: recovery to any second, GB', price: 'dynamodbBackupGbMonth', quantity: stored },
    { name: 'logs: stored, GB', price: 'logGbMonth', quantity: kept },
  ];
}
