import { setTimeout as wait } from 'node:timers/promises';
import type { TableReader } from './bridge-table.ts';
import { chanceOf } from './histories/chance.ts';
import type { Act, History, ItemRef } from './histories/history.ts';
import type { IgfLedger } from './igf-ledger.ts';
import type { IgfWorld } from './igf-world.ts';
import type { Winkelstraat } from './winkelstraat.ts';

/** Everything that a history happens in. */
export interface Stage {
  readonly winkelstraat: Winkelstraat;
  readonly igf: IgfWorld;
  readonly ledger: IgfLedger;
  readonly table: TableReader;
}

/** How long the bridge may take until what a history waits for, in real milliseconds. */
const patienceMs = 900_000;

/** Lets a history happen. What it waits for in vain is left to the oracle: the rest of that branch does not happen. */
export async function play(history: History, stage: Stage): Promise<void> {
  await stage.winkelstraat.send(history.orderId, history.first);
  await Promise.all(history.branches.map((acts, at) => playBranch(history.orderId, acts, stage, at)));
}

async function playBranch(orderId: string, acts: readonly Act[], stage: Stage, seed: number): Promise<void> {
  const chance = chanceOf(seed);
  for (const act of acts) {
    if (!(await perform(orderId, act, stage))) return;
    // Some things happen at once, others while the bridge still works on the one before.
    await wait(chance.between(0, 100));
  }
}

/** @returns false when it did not come to it */
async function perform(orderId: string, act: Act, stage: Stage): Promise<boolean> {
  const { igf, ledger, table, winkelstraat } = stage;
  if (act.kind === 'deliver') {
    await winkelstraat.send(orderId, act.deliveries);
    return true;
  }
  if (act.kind === 'known') return isKnown(orderId, act, table);
  const listingId = await ledger.listing(act.item, patienceMs);
  if (listingId === undefined) return false;
  if (act.kind === 'buy') await igf.buy(listingId, act.webshopOrderId);
  if (act.kind === 'event') await igf.happens(act.eventType, listingId);
  if (act.kind === 'lose') await igf.lose(listingId);
  return true;
}

async function isKnown(
  orderId: string,
  { item, state, refundDue }: { item: ItemRef; state: string; refundDue?: boolean },
  table: TableReader,
): Promise<boolean> {
  const end = performance.now() + patienceMs;
  while (performance.now() < end) {
    const found = await table.find(orderId, item);
    if (found?.state === state && (!refundDue || found.refundDue)) return true;
    await wait(200);
  }
  return false;
}
