import { localClients } from '../../infra/local/local-clients.ts';
import { startLocalRuntime } from '../../infra/local/runtime.ts';
import { igfTimeoutSeconds } from '../../lib/config/timing.ts';
import { Backlog } from './backlog.ts';
import { tableReader } from './bridge-table.ts';
import { Fates } from './fate.ts';
import { type DisturbedOptions, disturbed } from './faults/disturbed.ts';
import { killer } from './faults/kills.ts';
import { Tally } from './faults/tally.ts';
import { histories } from './histories/histories.ts';
import { deliveriesOf, type History } from './histories/history.ts';
import { IgfLedger } from './igf-ledger.ts';
import { IgfWorld } from './igf-world.ts';
import type { ChaosOptions } from './options.ts';
import { compare, type Verdict } from './oracle/compare.ts';
import { find } from './oracle/found.ts';
import { play, type Stage } from './play.ts';
import { type DeadLetter, messagesIn, takeDeadLetters } from './queues.ts';
import { quiet } from './quiet.ts';
import { Turns } from './turns.ts';
import { untilReconciled } from './until-reconciled.ts';
import { Winkelstraat } from './winkelstraat.ts';

/** What a run did, and what the oracle says of it. */
export interface ChaosReport {
  readonly orders: readonly History[];
  readonly webhooks: number;
  readonly deliveries: number;
  /** Posts that came again, by what they were answered. */
  readonly refused: Tally;
  readonly verdict: Verdict;
  readonly faults: Tally;
  readonly killed: Tally;
  readonly calls: Tally;
  /** Real seconds from the first delivery to the last one that was worked off. */
  readonly seconds: number;
}

const keys = { winkelstraat: 'chaos-winkelstraat-key', igf: 'chaos-igf-key' };

/**
 * A claim outlives a call to IGF, in real seconds: the time in which it is given up (`igfTimeoutSeconds`), the second that a
 * commit may be late, and one for a busy machine.
 */
const shortestClaimSeconds = igfTimeoutSeconds + 2;

/** As long as the queues may take to empty on a busy machine, in real milliseconds. */
const quietWithinMs = 600_000;

/** One turn of IGF's webhooks going astray for so many orders. */
const ordersPerPrank = 5;

/** Runs the bridge in a failing world, and has the oracle judge what became of everything. */
export async function runChaos(
  options: ChaosOptions,
  progress: (line: string) => void,
): Promise<ChaosReport> {
  const { seed, speed, atOnce, workers } = options;
  const orders = histories(seed, options.webhooks);
  const fates = new Fates(seed);
  const [faults, killed, calls] = [new Tally(), new Tally(), new Tally()];
  const ledger = new IgfLedger();
  // Disposes of the runtime before the proxies that it calls.
  await using open = new AsyncDisposableStack();
  const runtime = open.use(
    await startLocalRuntime({
      speed,
      secrets: keys,
      shortestClaimSeconds,
      // The simulator needs no sparing: how a full queue drains by a rate is another measurement.
      context: { workerConcurrency: String(workers), igfMaxPerSecond: '1000', reconcileCalls: '3000' },
      proxies: async (addresses) => {
        const onIgfAnswer: DisturbedOptions['onIgfAnswer'] = (...answer) => ledger.note(...answer);
        const proxies = await disturbed(addresses, { seed, faults, calls, onIgfAnswer });
        return open.use(proxies).addresses;
      },
      onInvocation: killer(fates, killed),
      onUnexpectedExit: (error) => progress(error.message),
    }),
  );
  const { sqs } = open.use(localClients(runtime.urls));
  const table = open.use(tableReader(runtime.urls.dynamodb, runtime.table));
  const igf = new IgfWorld(runtime.urls.igf, keys.igf);
  const winkelstraat = new Winkelstraat(runtime.urls.api, keys.winkelstraat);
  const stage: Stage = { winkelstraat, igf, ledger, table };
  await igf.begin();

  const startedAt = performance.now();
  const messages = () => messagesIn(sqs, runtime.queues);
  const backlog = new Backlog(messages);
  let done = 0;
  const ticker = setInterval(() => {
    const { waiting } = backlog;
    progress(
      `${done} of ${orders.length} orders, ${winkelstraat.deliveries} deliveries, ${waiting} messages wait`,
    );
  }, 5000);
  try {
    const turns = new Turns(atOnce);
    const playOne = async (order: History, index: number): Promise<void> => {
      await backlog.room();
      if (index % ordersPerPrank === 0) await igf.playPrank(fates, faults);
      await play(order, stage);
      done += 1;
    };
    await Promise.all(orders.map((order, index) => turns.take(() => playOne(order, index))));
    await igf.endPranks();
    progress('All is sent: waiting until nothing is under way any more …');
    await quiet(messages, quietWithinMs);
  } finally {
    clearInterval(ticker);
    backlog.close();
  }
  const seconds = (performance.now() - startedAt) / 1000;

  const deadLetters: DeadLetter[] = [];
  const judge = async (): Promise<Verdict> => {
    await quiet(messages, quietWithinMs);
    deadLetters.push(...(await takeDeadLetters(sqs, runtime.queues)));
    return compare(orders, winkelstraat.accepted(), await find({ table, igf, ledger }, deadLetters));
  };
  const verdict = await untilReconciled(judge, { speed, progress });
  const webhooks = orders.reduce((sum, order) => sum + deliveriesOf(order).length, 0);
  const { deliveries, refused } = winkelstraat;
  return { orders, webhooks, deliveries, refused, verdict, faults, killed, calls, seconds };
}
