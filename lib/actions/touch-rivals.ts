import { rivalsOf } from '../returns/units.ts';
import { type ActionContext, busy, type Outcome } from './action.ts';

/**
 * Lists no unit twice, although the returns of an order are listed by several workers at once.
 *
 * A claim is conditional on the revision of its own return. So two workers could each claim another return of one
 * unit, because each decided from an order in which the other return was not claimed yet. Therefore a worker
 * rewrites the rivals before it claims: the returns that could be listed too, where the units do not suffice for
 * all of them. A rewrite changes only the revision, and is conditional on the revision that the decision was made
 * from. A return without rivals costs no call.
 *
 * Why no two of them are claimed. Take the later of two claims, by the worker of X, and the earlier one, by the
 * worker of Y.
 * - The worker of X knew Y. It rewrote Y before its claim, on condition that nobody had claimed Y. So Y was claimed
 *   after this, by a worker that read the order after this too. That worker knew X, and rewrote X before it claimed
 *   Y. Then the claim of X failed, because it came later.
 * - The worker of X did not know Y, so Y was recorded after it read the order. The worker of Y read the order later
 *   still: it knew X, and rewrote X before it claimed Y. Then the claim of X failed.
 *
 * A worker that crashes after a rewrite has done nothing. Two workers that rewrite each other's return both fail.
 * Then the worker of the first return decides again, and the other message is retried.
 * @returns `changed` when another worker wrote one of the rivals meanwhile, so the decision may be wrong
 */
export async function touchRivals({
  order,
  item,
  dependencies: { table },
}: ActionContext): Promise<'touched' | 'changed'> {
  for (const content of rivalsOf(order, item)) {
    if ((await table.write({ kind: 'return', content })) === 'changed') return 'changed';
  }
  return 'touched';
}

const retryMs = 1000;

/** The outcome of a claim that failed, when a rival comes before the return; otherwise the return is decided again. */
export function giveWay({ order, item }: ActionContext): Outcome | undefined {
  const isBehind = rivalsOf(order, item).some(
    (rival) => order.returns.indexOf(rival) < order.returns.indexOf(item),
  );
  return isBehind ? busy('another return of its article may be listed first', retryMs) : undefined;
}
