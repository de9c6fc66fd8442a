import { cdkJsonContext } from '../../../infra/settings/cdk-json.ts';
import { readStage } from '../../../infra/settings/stage.ts';
import { type MeasuredDrain, type MeasuredOutage, measureDrain, measureOutage } from './measure.ts';
import { drainTable, fairnessTable, outageTable, roomForATurn, turnTable } from './report.ts';
import { simulate } from './simulate.ts';
import { startWorkerWorld } from './worker-world.ts';

/**
 * Measures the bundled worker while IGF is down and while a queue is drained, and lets 20,000 messages live through both
 * with what was measured.
 * @param messages how many really wait in the queue, each time
 * @param print told one table after the other
 */
export async function benchOutage(messages: number, print: (text: string) => void): Promise<void> {
  const { settings: rates } = readStage(cdkJsonContext());
  const { outage, drain } = await measure(messages);
  print(
    `${messages} messages, ${rates.workerConcurrency} environments: the bundled worker over local SQS and DynamoDB. ` +
      `${outage.igfCalls} calls to IGF while it was down, ${outage.seconds.toFixed(0)} s.\n` +
      `A later turn with an open circuit calls DynamoDB ${outage.tableCallsOfLater.toFixed(1)} times.`,
  );
  print(turnTable(outage));
  const ideal = simulate({
    ...{ messages: 1, environments: 1, downHours: 48, withBreaker: false, random: () => 0 },
    ...{ openTurnSeconds: 0, callingTurnSeconds: 0, upTurnSeconds: 0 },
  });
  print(roomForATurn(ideal.turns));
  print(outageTable(outage, drain, rates));
  print(drainTable(drain, rates));
  print(fairnessTable(drain));
}

async function measure(messages: number): Promise<{ outage: MeasuredOutage; drain: MeasuredDrain }> {
  await using open = new AsyncDisposableStack();
  const world = await startWorkerWorld(open);
  const outage = await measureOutage(world, messages);
  await world.empty();
  const drain = await measureDrain(world, messages);
  return { outage, drain };
}
