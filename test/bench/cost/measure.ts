import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { progress } from '../../../infra/cli/output.ts';
import type { FunctionPart } from '../../../infra/local/stack-parts.ts';
import { total } from '../../support/counting-proxy.ts';
import { type CountedBridge, startCountedBridge } from '../counted-bridge.ts';
import { shapeOf } from './deployed-shape.ts';
import type { ScheduledRun } from './idle-bill.ts';
import { CountedLife, duplicateShare, mixedLives, subscribe } from './mix.ts';
import { cpuOf, noUsage, plus, type Usage, usageOf, withMedianCpu, withWebhooks } from './usage.ts';

const million = 1_000_000;
const callsIgf = ({ environment }: FunctionPart): boolean => environment.IGF_KEY_SECRET_ID !== undefined;
const tableOf = ({ stack }: CountedBridge): string => stack.tables[0]?.name ?? '';

/** What the schedules use in a stage without returns, and what a million webhooks use. */
export async function measureCost(context: Readonly<Record<string, unknown>>) {
  await using open = new AsyncDisposableStack();
  const bridge = await startCountedBridge(open, context);
  await subscribe(bridge);
  const idle = await measureSchedules(bridge);
  const mix = await measureMix(bridge);
  return { shape: shapeOf(bridge.assembly), idle, ...mix, poll: await measurePolls(bridge) };
}

/** The first run of each loads its code, so the second counts. */
async function measureSchedules(bridge: CountedBridge): Promise<ScheduledRun[]> {
  const runs: ScheduledRun[] = [];
  for (const { function: lambda, everySeconds } of bridge.stack.schedules) {
    await bridge.runSchedule(lambda.name);
    await bridge.take();
    await bridge.runSchedule(lambda.name);
    const { calls, units, runs: used } = await bridge.take();
    runs.push({
      runsAnHour: 3600 / everySeconds,
      tableWrites: units.table,
      indexWrites: units.index,
      reads: units.read,
      cpuMs: (used.schedule.cpuMicros[0] ?? 0) / 1000,
      calls: total(calls.dynamodb),
      logBytes: used.schedule.logBytes,
      // A new environment reads the secret that this one has cached.
      secretReads: callsIgf(lambda) ? 1 : 0,
      metrics: used.schedule.metrics,
    });
  }
  return runs;
}

/**
 * Each life is lived so often. All counts are the same each time. CPU time is not, above all while the machine has other
 * work, so the median counts.
 */
const rounds = 5;

/** Each life, weighted by how many orders live it. The lives are deterministic. */
async function measureMix(bridge: CountedBridge) {
  let once = noUsage;
  let again = noUsage;
  let done = 0;
  let returns = 0;
  const dynamodb = bridge.clients.dynamodb;
  // The environments are warm, and the table has what it has once.
  await new CountedLife(bridge, '100000000').live(mixedLives[0]?.happenings ?? []);
  const stored = async (): Promise<number> => {
    const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: tableOf(bridge) }));
    return Table?.TableSizeBytes ?? 0;
  };
  let storedBytes = 0;
  const cpuMs: number[] = [];
  for (const [index, { orders, returns: ofOrder, happenings }] of mixedLives.entries()) {
    const before = await stored();
    await bridge.take();
    const lived: Usage[] = [];
    const repeated: Usage[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const life = new CountedLife(bridge, String(200_000_000 + 1000 * round + index));
      await life.live(happenings);
      lived.push(usageOf(await bridge.take()));
      await life.repeat();
      repeated.push(usageOf(await bridge.take()));
    }
    storedBytes += (orders * ((await stored()) - before)) / rounds;
    once = plus(once, withMedianCpu(lived), orders);
    again = plus(again, withMedianCpu(repeated), orders);
    for (const round of lived.keys()) {
      cpuMs[round] = (cpuMs[round] ?? 0) + orders * cpuOf(lived[round]);
    }
    returns += orders * ofOrder;
    done += 1;
    progress('Lives of returns', done, mixedLives.length);
  }
  const usage = plus(
    withWebhooks(once, million * (1 - duplicateShare)),
    withWebhooks(again, million * duplicateShare),
  );
  return {
    usage,
    once,
    returns,
    /** CPU time of each round, in ms. */
    cpuMs,
    storedBytes: (storedBytes * million * (1 - duplicateShare)) / once.webhooks,
  };
}

/** What the reconciler uses for each return that it polls at IGF: one that had no update for long. */
async function measurePolls(bridge: CountedBridge): Promise<{ polled: number; usage: Usage }> {
  const client = DynamoDBDocumentClient.from(bridge.clients.dynamodb);
  const TableName = tableOf(bridge);
  const life = new CountedLife(bridge, '300000000');
  await life.live(mixedLives[0]?.happenings.slice(0, 4) ?? []);
  const { Items: items = [] } = await client.send(new ScanCommand({ TableName }));
  const open = items.filter(({ task }) => task === 'OPEN');
  for (const { pk, sk } of open) {
    await client.send(
      new UpdateCommand({
        TableName,
        Key: { pk, sk },
        UpdateExpression: 'SET lastUpdateAt = :long, due = :long',
        ExpressionAttributeValues: { ':long': '2026-01-01T00:00:00.000Z' },
      }),
    );
  }
  await bridge.take();
  const reconciler = bridge.stack.schedules.find(({ function: lambda }) => callsIgf(lambda));
  await bridge.runSchedule(reconciler?.function.name ?? '');
  return { polled: open.length, usage: usageOf(await bridge.take()) };
}
