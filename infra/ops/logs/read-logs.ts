import { setTimeout as wait } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';

/** A line of a function's log. `at` is in milliseconds since the epoch. */
export interface LogLine {
  readonly id: string;
  readonly at: number;
  /** The function, such as `winkelstraat/worker`. */
  readonly source: string;
  readonly text: string;
}

/** Reads the lines that the functions of a stack have written since a time, oldest first. */
export async function readLogs(
  client: CloudWatchLogsClient,
  stackName: string,
  startTime: number,
  abortSignal?: AbortSignal,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  const logGroupNamePrefix = `/aws/lambda/${stackName}/`;
  for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, { logGroupNamePrefix })) {
    for (const { logGroupName = '' } of logGroups) {
      const source = logGroupName.slice(logGroupNamePrefix.length);
      const pages = paginateFilterLogEvents({ client }, { logGroupName, startTime }, { abortSignal });
      for await (const { events = [] } of pages) {
        for (const { eventId: id = '', timestamp: at = 0, message: text = '' } of events) {
          lines.push({ id, at, source, text });
        }
      }
    }
  }
  return lines.sort((one, other) => one.at - other.at);
}

/** How late CloudWatch may show a line, and the pause between two readings. */
const lateMs = 60_000;
const pauseMs = 3000;

/** Yields the lines since a time, and then the new ones until `abortSignal`, as CloudWatch gets them. */
export async function* followLogs(
  client: CloudWatchLogsClient,
  stackName: string,
  startTime: number,
  abortSignal: AbortSignal,
): AsyncGenerator<LogLine[], void> {
  const seen = new Set<string>();
  let from = startTime;
  try {
    for (;;) {
      const lines = await readLogs(client, stackName, from, abortSignal);
      const fresh = lines.filter(({ id }) => !seen.has(id));
      yield fresh;
      for (const { id } of fresh) seen.add(id);
      from = Math.max(from, (lines.at(-1)?.at ?? 0) - lateMs);
      await wait(pauseMs, undefined, { signal: abortSignal });
    }
  } catch (error) {
    if (!abortSignal.aborted) throw error;
  }
}
