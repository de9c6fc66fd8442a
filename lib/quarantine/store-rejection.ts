import type { Rejection } from '../ingest/rejection.ts';
import { ContendedError } from '../record/record-facts.ts';
import { mergeRejection, type RejectedDelivery, type Settled } from './rejected-delivery.ts';
import type { RejectedItems } from './rejected-items.ts';

/** How often a write is tried against writers of the same item. */
const mostConflicts = 12;

type Needs = Pick<RejectedItems, 'read' | 'write'>;

/** Writes what `change` makes of the item as it is now, whoever writes it meanwhile. */
async function update(
  id: string,
  items: Needs,
  change: (known: RejectedDelivery | undefined) => RejectedDelivery | undefined,
): Promise<RejectedDelivery | undefined> {
  for (let conflicts = 0; conflicts <= mostConflicts; conflicts += 1) {
    const known = await items.read(id);
    const next = change(known);
    if (!next || next === known || (await items.write(next)) === 'written') return next;
  }
  throw new ContendedError('the rejected delivery was written at every attempt to write it');
}

/**
 * Keeps one delivery that was refused.
 * @returns all that is known of it then
 * @throws ContendedError
 */
export async function keep(rejection: Rejection, items: Needs): Promise<RejectedDelivery | undefined> {
  return update(rejection.id, items, (known) => mergeRejection(known, rejection));
}

/**
 * Notes that nobody has to look at a rejected delivery any more. It stays settled when it is delivered and refused once
 * more: what it tells is safe.
 * @throws ContendedError
 */
export async function resolveRejection(id: string, settled: Settled, items: Needs): Promise<void> {
  await update(id, items, (known) => known && { ...known, settled: known.settled ?? settled });
}
