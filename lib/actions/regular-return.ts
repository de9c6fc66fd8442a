import { LinkedElsewhereError } from '../record/link.ts';
import { type RegularReturnRequest, regularReturnFingerprint } from '../returns/listing-request.ts';
import type { ActionContext, ActionDefinition } from './context.ts';
import { exactlyOnce } from './exactly-once.ts';

/** Makes a regular return at IGF of what can't be forwarded. */
export const regularReturn: ActionDefinition<{ request: RegularReturnRequest; checkFirst: boolean }> = {
  call: 'createReturn',
  describe: () => 'it would become a regular return',
  run: (context, { request, checkFirst }) =>
    exactlyOnce(context, {
      operation: 'regular-return',
      request: regularReturnFingerprint(request),
      checkFirst,
      find: () => findMade(context, request),
      call: async () => {
        const { id } = await context.dependencies.igf.returns.create(request);
        if (await isOurs(context, id)) return id;
        // Another unit that looked for its own took it meanwhile. The next attempt looks, and makes another one.
        throw new LinkedElsewhereError(`regular return ${id} belongs to another return`);
      },
      done: (id, { why }) => ({
        state: 'NotForwardable',
        why: `${why} It is regular return ${id} at ItGoesForward.`,
        regularReturn: { id },
        refusal: null,
        attention: null,
      }),
      refused: ({ message }, { why }) => ({
        state: 'NotForwardable',
        why,
        attention: `Regular return refused: ${message}. Make the regular return at ItGoesForward by hand, or correct what it refuses and redrive the message.`,
      }),
      // IGF makes as many of them as it is asked for, so it never refuses one because it is there already.
      believesRefusal: true,
    }),
};

/** The first of this order and sku that no other return of the order has. */
async function findMade(
  context: ActionContext,
  { webshopOrderId, products }: RegularReturnRequest,
): Promise<number | undefined> {
  const { item, dependencies } = context;
  const [product] = products;
  const candidates = (await dependencies.igf.returns.all()).filter(
    (made) =>
      made.webshopOrderId === webshopOrderId &&
      made.products?.some(({ sku }) => sku === product?.sku) === true,
  );
  if (candidates.length === 0) return undefined;
  const { returns } = await dependencies.table.readOrder(item.orderId);
  const taken = new Set(returns.map(({ regularReturn }) => regularReturn?.id));
  for (const { id } of candidates) {
    if (!taken.has(id) && (await isOurs(context, id))) return id;
  }
  return undefined;
}

/** One regular return belongs to one unit, also while two of an order look for theirs at once. */
const isOurs = async ({ item, dependencies: { table } }: ActionContext, id: number): Promise<boolean> =>
  (await table.point({ kind: 'RETURN', id }, item)) === 'pointed';
