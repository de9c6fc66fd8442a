import type { Delivery } from '../support/webhooks.ts';
import type { Chooser } from './chooser.ts';
import { invariants } from './invariants.ts';
import type { Scenario } from './scenarios.ts';
import { type Faults, hashOf, type PendingStep, Scheduler, textOf, type Worker } from './scheduler.ts';
import { ExploredWorld, type Message } from './world.ts';

/** How many workers run at once, and how many faults may happen. */
export interface Bounds extends Readonly<Faults> {
  readonly workers: number;
}

/** Several workers, each with a message, which start together. */
export interface Round {
  readonly workers: readonly Pick<Message, 'id' | 'delivery'>[];
  readonly steps: readonly PendingStep[];
}

/** What happened in one run of a scenario. */
export interface History {
  /** Lead to the same history again: each an index into the options of its step. After the last one, all are 0. */
  readonly choices: readonly number[];
  readonly rounds: readonly Round[];
  readonly steps: number;
  /** Identifies everything that happened. */
  readonly hash: string;
  /** Which invariants are violated, in words. Nothing is checked in a history that the chooser stopped. */
  readonly violations: readonly string[];
}

/**
 * Runs a scenario once. In each round a worker receives each message that is left, and all of them run at once. The next
 * round begins when every claim of the last one has ended.
 */
export async function runHistory(scenario: Scenario, bounds: Bounds, chooser: Chooser): Promise<History> {
  const { workers, crashes, lostAnswers } = bounds;
  const world = await worldBefore(scenario);
  const { messages } = scenario;
  world.send(Array.from({ length: workers }, (_, at) => messages[at % messages.length] ?? messages[0]));
  const scheduler = new Scheduler({ crashes, lostAnswers });
  const choices: number[] = [];
  const recorded: Chooser = (...state) => {
    const choice = chooser(...state);
    if (choice !== 'stop') choices.push(choice);
    return choice;
  };
  const rounds: Round[] = [];
  // A round without a fault ends at least one message.
  const mostRounds = workers + crashes + lostAnswers;
  let end: 'ended' | 'stopped' = 'ended';
  while (end === 'ended' && world.queue.length > 0 && rounds.length < mostRounds) {
    const received = [...world.queue];
    const first = scheduler.steps.length;
    end = await runRound(world, scheduler, recorded);
    rounds.push({ workers: received, steps: scheduler.steps.slice(first) });
    world.now += world.claimLeaseMs + 1000;
  }
  const checks = end === 'ended' ? [...invariants, ...scenario.holds] : [];
  const violations = checks.flatMap((invariant) => invariant(world));
  const hash = hashOf(scheduler.trace, textOf(world.content()));
  return {
    choices: choices.slice(0, choices.findLastIndex((choice) => choice > 0) + 1),
    rounds,
    steps: scheduler.steps.length,
    hash,
    violations,
  };
}

async function worldBefore({ before, observed = [], prepare }: Scenario): Promise<ExploredWorld> {
  const world = new ExploredWorld();
  const work = async (deliveries: readonly Delivery[], mode: ExploredWorld['mode']): Promise<void> => {
    world.mode = mode;
    for (const delivery of deliveries) {
      world.send([delivery]);
      for (const message of [...world.queue]) await world.work(message);
    }
  };
  await work(observed, 'observe');
  await work(before, 'live');
  if (world.queue.length > 0) throw new Error('A message from before the scenario is not done.');
  prepare?.(world);
  return world;
}

async function runRound(
  world: ExploredWorld,
  scheduler: Scheduler,
  chooser: Chooser,
): Promise<'ended' | 'stopped'> {
  const workers = world.queue.map((message) => {
    const knows = textOf([message.delivery, message.receiveCount]);
    const worker: Worker = { id: message.id, isOver: false, knows };
    const work = world.work(message, (part, name) => scheduler.controlled(part, name, worker));
    void work.then(() => {
      worker.isOver = true;
    });
    return worker;
  });
  const stateOf = (): string =>
    hashOf(
      textOf([world.content(), scheduler.faults]),
      ...workers.map(({ isOver, knows }) => (isOver ? 'over' : knows)),
    );
  return scheduler.run((options) => {
    const choice = chooser(options, stateOf);
    return choice === 'stop' ? choice : (options[choice] ?? 'stop');
  });
}
