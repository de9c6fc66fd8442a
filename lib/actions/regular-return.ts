import { type IgfRefusal, isRefusal } from '../igf/errors.ts';
import { LinkedElsewhereError } from '../record/link.ts';
import { type RegularReturnRequest, regularReturnFingerprint } from '../returns/listing-request.ts';
import type { Step } from '../worker/step.ts';
import { type ActionContext, claim, type Held, keepOrRelease, settle } from './claim.ts';

/**
 * Makes a regular return at IGF once. IGF has no idempotency key here either, so after a call of unknown outcome its
 * regular returns are looked through first.
 */
export async function makeRegularReturn(
  context: ActionContext,
  request: RegularReturnRequest,
  checkFirst: boolean,
): Promise<Step> {
  const { igf } = context.dependencies;
  const held = await claim(
    context,
    { operation: 'regular-return', request: regularReturnFingerprint(request) },
    { regularReturn: {} },
  );
  if (held === 'changed') return { next: 'changed' };
  try {
    if (!checkFirst) {
      const { id } = await igf.returns.create(request);
      // Another piece that looked for its own took it meanwhile. The attempt that comes back asks, and makes another one.
      if (!(await isOurs(context, id))) {
        throw new LinkedElsewhereError(`regular return ${id} belongs to another return`);
      }
      return await made(context, held, id);
    }
    for (const id of await findMade(context, request)) {
      if (await isOurs(context, id)) return await made(context, held, id);
    }
    // Not made: nothing is unknown any more, and the next decision makes the call if it is still wanted.
    return await settle(context, held, { state: held.item.state, why: held.item.why, regularReturn: null });
  } catch (error) {
    return isRefusal(error) ? refused(context, held, request, error) : keepOrRelease(context, held, error);
  }
}

/** Those of this order and sku that no other item of the order is known to have. */
async function findMade(
  { item, dependencies: { igf, table } }: ActionContext,
  { webshopOrderId, products }: RegularReturnRequest,
): Promise<number[]> {
  const [product] = products;
  const candidates = (await igf.returns.all()).filter(
    (made) =>
      made.webshopOrderId === webshopOrderId &&
      made.products?.some(({ sku }) => sku === product?.sku) === true,
  );
  if (candidates.length === 0) return [];
  const { returns } = await table.readOrder(item.orderId);
  const taken = new Set(returns.map(({ regularReturn }) => regularReturn?.id));
  return candidates.map(({ id }) => id).filter((id) => !taken.has(id));
}

/** One regular return belongs to one piece, also while two of an order look for theirs at once. */
const isOurs = async ({ item, dependencies: { table } }: ActionContext, id: number): Promise<boolean> =>
  (await table.point({ kind: 'RETURN', id }, item)) === 'pointed';

const made = (context: ActionContext, held: Held, id: number): Promise<Step> =>
  settle(context, held, {
    state: 'NotForwardable',
    why: `${held.item.why} It is regular return ${id} at ItGoesForward.`,
    regularReturn: { id },
    refusal: null,
    attention: null,
  });

function refused(
  context: ActionContext,
  held: Held,
  request: RegularReturnRequest,
  error: IgfRefusal,
): Promise<Step> {
  const { attempt, dependencies } = context;
  return settle(context, held, {
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
