import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import type { IgfControl } from './igf-control.ts';
import type { IgfLedger } from './igf-ledger.ts';
import type { Person } from './person.ts';
import { chanceOf } from './scenarios/chance.ts';
import { nameOf, type Scenario, type Step } from './scenarios/scenario.ts';
import type { TableReader } from './table-reader.ts';
import type { Winkelstraat } from './winkelstraat.ts';

/** Everything that a scenario acts on. */
export interface ChaosWorld {
  readonly winkelstraat: Winkelstraat;
  readonly igf: IgfControl;
  readonly ledger: IgfLedger;
  readonly table: TableReader;
  readonly person: Person;
}

/** How long the bridge may take until a step can happen, in real milliseconds. */
const patienceMs = 300_000;

/** Runs a scenario. When a step waits in vain, the rest of its branch does not happen; the oracle sees the difference. */
export async function runScenario(scenario: Scenario, world: ChaosWorld): Promise<void> {
  const { orderId, first, branches } = scenario;
  await world.winkelstraat.send(orderId, first);
  await Promise.all(branches.map((steps, index) => runBranch(orderId, steps, world, index)));
}

async function runBranch(
  orderId: string,
  steps: readonly Step[],
  world: ChaosWorld,
  seed: number,
): Promise<void> {
  const chance = chanceOf(seed);
  for (const step of steps) {
    if (!(await runStep(orderId, step, world))) return;
    // Some steps happen at once, others while the bridge still works on the one before.
    await wait(chance.between(0, 100));
  }
}

/** @returns false when the step could not happen */
async function runStep(
  orderId: string,
  step: Step,
  { igf, ledger, table, winkelstraat, person }: ChaosWorld,
): Promise<boolean> {
  if (step.kind === 'deliver') {
    await winkelstraat.send(orderId, step.deliveries);
    return true;
  }
  const inTime = (what: string, isSo: () => Promise<boolean>): Promise<boolean> =>
    eventually(`${orderId} ${what}`, isSo, patienceMs).catch(() => false);
  if (step.kind === 'known') {
    const isKnown = async (): Promise<boolean> => {
      const stored = await table.find(orderId, step.item);
      return stored?.state === step.state && (!step.refundDue || stored.refundDue === true);
    };
    return inTime(`is ${step.state}`, isKnown);
  }
  if (step.kind === 'done') {
    return inTime(`asks: ${step.asked}`, () => person.does({ orderId, ...step.item }, step.asked));
  }
  if (step.kind === 'release') {
    // What ruled it out, and what came after, must be known.
    const events = winkelstraat.accepted().filter((accepted) => accepted.orderId === orderId);
    const isDone = () => table.areDone(events);
    if (!(await inTime('is up to date', isDone))) return false;
    await person.releases({ orderId, ...step.item });
    return true;
  }
  // What happens at IGF is about the youngest listing.
  const nth = step.kind === 'listed' ? step.nth : Math.max(1, ledger.listed(nameOf(step.item)).length);
  const listingId = await ledger.listing(step.item, patienceMs, nth);
  if (listingId === undefined) return false;
  if (step.kind === 'buy') await igf.buy(listingId, step.webshopOrderId);
  if (step.kind === 'event') await igf.event(step.eventType, listingId);
  if (step.kind === 'lose') await igf.lose(listingId);
  return true;
}
