import type { Policy } from '../../lib/config/policy.ts';
import { policy } from '../support/builders.ts';
import type { Delivery } from '../support/webhooks.ts';
import { type Actor, alone, reconciler, webhook } from './actors.ts';
import type { Bounds } from './faults.ts';
import type { Invariant } from './invariants.ts';
import type { Program } from './knowledge.ts';
import { ExploredWorld } from './world.ts';

/** What happens to one return, or to a few, at once. A new scenario is an entry of `scenarios`. */
export interface Scenario {
  readonly title: string;
  /** What the merchant sets. */
  readonly policy?: Partial<Policy>;
  /** What happened before, one after the other. */
  before?(past: Past): Promise<void>;
  /** What happens at once. With more workers the first webhooks come once more. */
  readonly actors: readonly [Actor, ...Actor[]];
  /** Bounds a complete exploration that would take too long. */
  readonly bounds?: Partial<Bounds>;
  /** What must hold at the end, beside what holds in every scenario. */
  readonly holds: readonly Invariant[];
  /** Changes the world before anything happens: how a test breaks the protocol. */
  prepare?(world: ExploredWorld): void;
}

/** Lets something happen before a scenario. */
export interface Past {
  readonly world: ExploredWorld;
  /** A webhook comes, and a worker works on it alone. */
  works(...deliveries: Delivery[]): Promise<void>;
  /** A webhook comes, and its worker dies before the first call of this name. */
  dies(delivery: Delivery, before: string): Promise<void>;
}

export async function worldBefore({ before, policy: changes, prepare }: Scenario): Promise<ExploredWorld> {
  const world = new ExploredWorld();
  world.policy = policy(changes);
  const attempt = (delivery: Delivery): Program => {
    const id = 100 + world.queue.length;
    const message = { id, place: 'queued' as const, sentAt: world.now, receives: 1, attempts: 1 };
    world.queue = [...world.queue, message];
    return webhook(delivery).attempt(world, message, world.now);
  };
  const works = async (...deliveries: Delivery[]): Promise<void> => {
    for (const delivery of deliveries) await alone(world, attempt(delivery));
    const left = world.queue.filter(({ place }) => place !== 'deleted');
    if (left.length > 0) throw new Error('A message from before the scenario is not done.');
  };
  const dies = async (delivery: Delivery, last: string): Promise<void> => {
    await alone(world, attempt(delivery), last);
    world.queue = world.queue.slice(0, -1);
    world.now += world.claimLeaseMs + 1000;
  };
  await before?.({ world, works, dies });
  world.notices = [];
  prepare?.(world);
  return world;
}

/**
 * Who acts when so many processes are to run at once. A message that another actor sends is one more. The last one is the
 * reconciler, which comes when everything else is over.
 */
export function actorsOf({ actors }: Scenario, workers: number): Actor[] {
  const again = actors.filter(({ isSent }) => !isSent);
  const missing = Math.max(0, workers - again.length);
  const more = Array.from({ length: missing }, (_, at) => again[at % again.length] ?? actors[0]);
  return [...actors, ...more, reconciler];
}
