import { setTimeout as wait } from 'node:timers/promises';
import { eventually } from '../support/eventually.ts';
import type { IgfControl } from './igf-control.ts';
import type { IgfLedger } from './igf-ledger.ts';
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
  { igf, ledger, table, winkelstraat }: ChaosWorld,
): Promise<boolean> {
  if (step.kind === 'deliver') {
    await winkelstraat.send(orderId, step.deliveries);
    return true;
  }
  if (step.kind === 'known') {
    const isKnown = async (): Promise<boolean> => {
      const stored = await table.find(orderId, step.item);
      return stored?.state === step.state && (!step.refundDue || stored.refundDue === true);
    };
    return eventually(`${orderId} is ${step.state}`, isKnown, patienceMs, 200).catch(() => false);
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
