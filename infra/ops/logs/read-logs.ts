import { setTimeout as wait } from 'node:timers/promises';
import {
  type CloudWatchLogsClient,
  paginateDescribeLogGroups,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';

/** A line of a log. `at` is in milliseconds since the epoch. */
export interface LogLine {
  readonly id: string;
  readonly at: number;
  /** The function that wrote it, such as `winkelstraat/worker`, or `access` for the API. */
  readonly source: string;
  readonly text: string;
}

/** The logs of a stack since a time. */
export interface LogQuery {
  readonly stackName: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly abortSignal?: AbortSignal;
}

/** The names of a stack's log groups: those of its functions, and that of its API. */
async function logGroupsOf(client: CloudWatchLogsClient, stackName: string): Promise<string[]> {
  const names: string[] = [];
  for (const kind of ['lambda', 'vendedlogs']) {
    const input = { logGroupNamePrefix: `/aws/${kind}/${stackName}/` };
    for await (const { logGroups = [] } of paginateDescribeLogGroups({ client }, input)) {
      names.push(...logGroups.flatMap(({ logGroupName }) => logGroupName ?? []));
    }
  }
  return names;
}

/** The lines since a time, oldest first. */
export async function readLogs(client: CloudWatchLogsClient, query: LogQuery): Promise<LogLine[]> {
  return readGroups(client, await logGroupsOf(client, query.stackName), query);
}

async function readGroups(
  client: CloudWatchLogsClient,
  groups: readonly string[],
  { from, abortSignal }: LogQuery,
): Promise<LogLine[]> {
  const lines: LogLine[] = [];
  for (const logGroupName of groups) {
    const source = logGroupName.split('/').slice(4).join('/');
    const pages = paginateFilterLogEvents({ client }, { logGroupName, startTime: from }, { abortSignal });
    for await (const { events = [] } of pages) {
      for (const { eventId: id = '', timestamp: at = 0, message: text = '' } of events) {
        lines.push({ id, at, source, text });
      }
    }
  }
  return lines.sort((one, other) => one.at - other.at);
}

/** How late CloudWatch may show a line, and the pause between two readings of all groups. */
const lateMs = 60_000;
const pauseMs = 3000;

/** Yields the lines since a time, and then new ones until `abortSignal`, as CloudWatch gets them. */
export async function* followLogs(client: CloudWatchLogsClient, query: LogQuery): AsyncGenerator<LogLine[]> {
  const { stackName, abortSignal } = query;
  const groups = await logGroupsOf(client, stackName);
  const seen = new Map<string, number>();
  let { from } = query;
  try {
    for (;;) {
      const lines = await readGroups(client, groups, { ...query, from });
      yield lines.filter(({ id }) => !seen.has(id));
      for (const { id, at } of lines) seen.set(id, at);
      from = Math.max(from, ...[...seen.values()].map((at) => at - lateMs));
      for (const [id, at] of seen) if (at < from) seen.delete(id);
      await wait(pauseMs, undefined, { signal: abortSignal });
    }
  } catch (error) {
    if (!abortSignal?.aborted) throw error;
  }
}
