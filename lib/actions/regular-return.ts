import { LinkedElsewhereError } from '../record/link.ts';
import { type RegularReturnRequest, regularReturnFingerprint } from '../returns/listing-request.ts';
import { type ActionContext, defineAction } from './action.ts';
import { exactlyOnce } from './exactly-once.ts';

/** Makes a regular return at IGF for an article that can't be forwarded. */
export const regularReturn = defineAction<{ request: RegularReturnRequest; checkFirst: boolean }>(
  'regular-return',
  {
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
          // Another return of the order adopted this regular return meanwhile. The next attempt looks, and
          // makes another one.
          throw new LinkedElsewhereError(`regular return ${id} belongs to another return`);
        },
        done: (id, { why }) => ({
          why: `${why} It is regular return ${id} at ItGoesForward.`,
          regularReturn: { id },
          refusal: null,
        }),
        refused: ({ message }) => ({
          attention: `Regular return refused: ${message}. Make the regular return at ItGoesForward by hand, or correct what it refuses and redrive the message.`,
        }),
        // Each call makes another regular return, so IGF never refuses one because it exists already.
        believesRefusal: true,
      }),
  },
);

/** The first regular return of this order and sku that belongs to no other return of the order. */
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

/** Reserves the regular return for one return, also while two returns of an order look for theirs at once. */
const isOurs = async ({ item, dependencies: { table } }: ActionContext, id: number): Promise<boolean> =>
  (await table.point({ kind: 'RETURN', id }, item)) !== 'other';
