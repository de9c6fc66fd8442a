import { notAllowed, notFound } from '../errors.ts';
import { customerOf } from '../life/customers.ts';
import type { Call, Operation } from '../operation.ts';
import { read, readInteger } from '../reading.ts';
import { RegularReturnRequest } from '../schemas/regular-return.ts';
import type { RegularReturn } from '../store.ts';

/** "Operations regarding regular returns": those that go to the warehouse. */
export const regularReturns: readonly Operation[] = [
  { name: 'GET /returns', status: 200, run: ({ store }) => store.regularReturns.all().map(show) },
  { name: 'POST /returns', status: 201, run: create },
  { name: 'GET /returns/{webshopOrderId}', status: 200, run: byWebshopOrder },
  { name: 'DELETE /returns/{id}', status: 200, run: remove },
];

function create({ store, body, now }: Call) {
  const { webshopOrderId, products, customer } = read(RegularReturnRequest, body);
  if (store.warehouses.all().length === 0) throw notAllowed('The tenant does not have a warehouse set up');
  const customerId = customerOf(store, customer).id;
  const created = store.regularReturns.add((id) => ({
    id,
    webshopOrderId,
    customerId,
    createdAt: now.toISOString(),
    products: products.map((product) =>
      store.returnedProducts.add((productId) => ({ ...product, id: productId })),
    ),
  }));
  return show(created);
}

/** One answer though an order may have several: the newest. */
function byWebshopOrder({ store, params }: Call) {
  const found = store.regularReturns.all().findLast((each) => each.webshopOrderId === params.webshopOrderId);
  if (found === undefined) throw notFound(`A return of webshop order ${params.webshopOrderId}`);
  return show(found);
}

/** "This will fail with status code 400 if the tenant provided an ID for which he does not have a return." */
function remove({ store, params }: Call) {
  const found = store.regularReturns.find(readInteger('id', params.id));
  if (found === undefined) throw notAllowed(`The tenant has no return ${params.id}`);
  for (const product of found.products) store.returnedProducts.remove(product.id);
  store.regularReturns.remove(found.id);
  return show(found);
}

function show({ id, webshopOrderId, createdAt, products }: RegularReturn) {
  return { id, webshopOrderId, createdAt, products };
}
