import { bulkhead } from 'cockatiel';
import { localClients } from '../../infra/local/endpoints.ts';
import { igfTimeoutSeconds } from '../../lib/config/timing.ts';
import { startRuntime } from '../support/local-runtime.ts';
import { injectFaults } from './faults/fault-injection.ts';
import { killer } from './faults/kills.ts';
import { IgfControl } from './igf-control.ts';
import { IgfLedger } from './igf-ledger.ts';
import type { ChaosOptions } from './options.ts';
import { compareRun, type Verdict } from './oracle/compare.ts';
import { readOutputs } from './oracle/outputs.ts';
import { Person } from './person.ts';
import { Backlog, type DlqMessage, messagesIn, takeDeadLetters, waitUntilIdle } from './queues.ts';
import { type ChaosWorld, runScenario } from './run-scenario.ts';
import { deliveriesOf, type Scenario, type Settings } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';
import { SeededRandom } from './seeded-random.ts';
import { tableReader } from './table-reader.ts';
import { Tally } from './tally.ts';
import { untilReconciled } from './until-reconciled.ts';
import { Winkelstraat } from './winkelstraat.ts';

/** What a run did, and the verdict of the oracle. */
export interface ChaosReport {
  readonly orders: readonly Scenario[];
  readonly webhooks: number;
  readonly deliveries: number;
  /** Posts that were sent again, by answer. */
  readonly refused: Tally;
  readonly verdict: Verdict;
  readonly faults: Tally;
  readonly killed: Tally;
  readonly calls: Tally;
  /** Real seconds from the first delivery until the queues were empty. */
  readonly seconds: number;
}

const keys = { winkelstraat: 'chaos-winkelstraat-key', igf: 'chaos-igf-key' };

/**
 * A claim outlives a call to IGF, in real seconds: the timeout of the call, the second that a commit may be late, and one
 * for a busy machine.
 */
const shortestClaimSeconds = igfTimeoutSeconds + 2;

/** One more webhook of IGF gets a fault with every fifth order. */
const ordersPerWebhookFault = 5;

/** Runs the bridge while everything around it fails, and has the oracle judge the outcome. */
export async function runChaos(
  options: ChaosOptions,
  progress: (line: string) => void,
): Promise<ChaosReport> {
  const { seed, speed, atOnce, workers } = options;
  const { forward, trackedReturns, sku, webshopOrderId } = options;
  const settings: Settings = { forward, trackedReturns, sku, webshopOrderId };
  const orders = scenarios(seed, options.webhooks, settings);
  const random = new SeededRandom(seed);
  const [faults, killed, calls] = [new Tally(), new Tally(), new Tally()];
  const ledger = new IgfLedger();
  // Disposes of the runtime before the proxies that it calls.
  await using open = new AsyncDisposableStack();
  const runtime = open.use(
    await startRuntime({
      speed,
      secrets: keys,
      shortestClaimSeconds,
      // The simulator needs no rate limit: `npm run bench -- --outage` measures how a queue drains by a rate.
      context: {
        ...{ workerConcurrency: String(workers), igfMaxPerSecond: '1000', reconcileCalls: '3000' },
        ...settings,
      },
      proxies: async (addresses) => {
        const onIgfAnswer: IgfLedger['note'] = (...answer) => ledger.note(...answer);
        return open.use(await injectFaults(addresses, { seed, faults, calls, onIgfAnswer })).addresses;
      },
      onInvocation: killer(random, killed),
      onUnexpectedExit: (error) => progress(error.message),
    }),
  );
  const { sqs, dynamodb } = open.use(localClients(runtime.urls));
  const table = open.use(tableReader(runtime.urls.dynamodb, runtime.table));
  const igf = new IgfControl(runtime.urls.igf, keys.igf);
  const winkelstraat = new Winkelstraat(runtime.urls.api, keys.winkelstraat);
  const queue = runtime.queues.find(({ name, deadLetterUrl }) => /winkelstraat/i.test(name) && deadLetterUrl);
  const person = new Person({ dynamodb, sqs, table: runtime.table, queueUrl: queue?.url ?? '' });
  const world: ChaosWorld = { winkelstraat, igf, ledger, table, person };
  await igf.setUp();

  const startedAt = performance.now();
  const messages = () => messagesIn(sqs, runtime.queues);
  using backlog = new Backlog(messages);
  let done = 0;
  const ticker = setInterval(() => {
    const { waiting } = backlog;
    progress(
      `${done} of ${orders.length} orders, ${winkelstraat.deliveries} deliveries, ${waiting} messages wait`,
    );
  }, 5000);
  try {
    const limit = bulkhead(atOnce, Number.POSITIVE_INFINITY);
    const runOne = async (order: Scenario, index: number): Promise<void> => {
      await backlog.room();
      if (index % ordersPerWebhookFault === 0) await igf.startWebhookFault(random, faults);
      await runScenario(order, world);
      done += 1;
    };
    await Promise.all(orders.map((order, index) => limit.execute(() => runOne(order, index))));
    await igf.endWebhookFaults();
    progress('All is sent. Waiting until the queues are empty …');
    await waitUntilIdle(messages);
  } finally {
    clearInterval(ticker);
  }
  const seconds = (performance.now() - startedAt) / 1000;

  const deadLetters: DlqMessage[] = [];
  const judge = async (): Promise<Verdict> => {
    await waitUntilIdle(messages);
    deadLetters.push(...(await takeDeadLetters(sqs, runtime.queues)));
    return compareRun(orders, winkelstraat.accepted(), await readOutputs(world, deadLetters));
  };
  const verdict = await untilReconciled(judge, { speed, progress });
  const webhooks = orders.reduce((sum, order) => sum + deliveriesOf(order).length, 0);
  const { deliveries, refused } = winkelstraat;
  return { orders, webhooks, deliveries, refused, verdict, faults, killed, calls, seconds };
}
