import { type IgfRefusal, isRefusal } from '../igf/errors.ts';
import { LinkedElsewhereError } from '../record/link.ts';
import { type RegularReturnRequest, regularReturnFingerprint } from '../returns/listing-request.ts';
import type { Step } from '../worker/step.ts';
import { claim, type Held, leaveForLater, settle, type Work } from './claim.ts';

/**
 * Makes a regular return at IGF once. IGF has no idempotency key here either, so after a call of unknown outcome its
 * regular returns are looked through first.
 */
export async function makeRegularReturn(
  work: Work,
  request: RegularReturnRequest,
  ask: boolean,
): Promise<Step> {
  const { igf } = work.dependencies;
  const held = await claim(work, { regularReturn: {} });
  if (held === 'conflict') return { next: 'read-again' };
  try {
    if (!ask) {
      const { id } = await igf.returns.create(request);
      // Another piece that looked for its own took it meanwhile. The attempt that comes back asks, and makes another one.
      if (!(await isOurs(work, id))) {
        throw new LinkedElsewhereError(`regular return ${id} belongs to another return`);
      }
      return await made(work, held, id);
    }
    for (const id of await findMade(work, request)) {
      if (await isOurs(work, id)) return await made(work, held, id);
    }
    // Not made: nothing is unknown any more, and the next decision makes the call if it is still wanted.
    return await settle(work, held, { state: held.item.state, why: held.item.why, regularReturn: null });
  } catch (error) {
    return isRefusal(error) ? refused(work, held, request, error) : leaveForLater(work, held, error);
  }
}

/** Those of this order and sku that no other item of the order is known to have. */
async function findMade(
  { item, dependencies: { igf, table } }: Work,
  { webshopOrderId, products }: RegularReturnRequest,
): Promise<number[]> {
  const [product] = products;
  const candidates = (await igf.returns.all()).filter(
    (made) =>
      made.webshopOrderId === webshopOrderId &&
      made.products?.some(({ sku }) => sku === product?.sku) === true,
  );
  if (candidates.length === 0) return [];
  const { returns } = await table.readStory(item.orderId);
  const taken = new Set(returns.map(({ regularReturn }) => regularReturn?.id));
  return candidates.map(({ id }) => id).filter((id) => !taken.has(id));
}

/** One regular return belongs to one piece, also while two of an order look for theirs at once. */
const isOurs = async ({ item, dependencies: { table } }: Work, id: number): Promise<boolean> =>
  (await table.point({ kind: 'RETURN', id }, item)) === 'pointed';

const made = (work: Work, held: Held, id: number): Promise<Step> =>
  settle(work, held, {
    state: 'NotForwardable',
    why: `${held.item.why} It is regular return ${id} at ItGoesForward.`,
    regularReturn: { id },
    refusal: null,
    attention: null,
  });

function refused(work: Work, held: Held, request: RegularReturnRequest, error: IgfRefusal): Promise<Step> {
  const { attempt, dependencies } = work;
  return settle(work, held, {
    state: 'NotForwardable',
    why: held.item.why,
    regularReturn: null,
    attention: `Regular return refused: ${error.message}. Make the regular return at ItGoesForward by hand, or correct what it refuses and redrive the message.`,
    refusal: {
      ...attempt,
      at: new Date(dependencies.now()).toISOString(),
      request: regularReturnFingerprint(request),
      reason: error.message,
    },
  });
}
