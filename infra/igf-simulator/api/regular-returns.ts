import * as z from 'zod/mini';
import { notAllowed, notFound } from '../errors.ts';
import { findOrAddCustomer } from '../lifecycle/customers.ts';
import { CustomerBody, textField } from '../requests.ts';
import type { RegularReturnRow } from '../store.ts';
import { integerParam, type OperationCall, type Operations, read } from './operation.ts';

/** "Operations regarding regular returns": returns that go to the warehouse. */
export const regularReturnOperations: Operations = {
  'GET /returns': [200, ({ store }) => store.regularReturns.all().map(returnResponse)],
  'POST /returns': [201, create],
  'GET /returns/{webshopOrderId}': [200, byWebshopOrder],
  'DELETE /returns/{id}': [200, remove],
};

/** Body of "Creates a regular return". The document leaves a product collapsed: it may have any field. */
const CreateReturn = z.object({
  webshopOrderId: textField,
  products: z
    .array(z.looseObject({ sku: textField, productId: z.optional(z.string()) }))
    .check(z.minLength(1)),
  customer: CustomerBody,
});

function create({ store, body, now }: OperationCall) {
  const { webshopOrderId, products, customer } = read(CreateReturn, body);
  if (store.warehouses.all().length === 0) throw notAllowed('The tenant does not have a warehouse set up');
  const customerId = findOrAddCustomer(store, customer).id;
  const created = store.regularReturns.add((id) => ({
    id,
    webshopOrderId,
    customerId,
    createdAt: now,
    products: products.map((product) =>
      store.returnedProducts.add((productId) => ({ ...product, id: productId })),
    ),
  }));
  return returnResponse(created);
}

/** An order may have several returns. The answer is the newest of them. */
function byWebshopOrder({ store, params }: OperationCall) {
  const found = store.regularReturns.all().findLast((each) => each.webshopOrderId === params.webshopOrderId);
  if (found === undefined) throw notFound(`A return of webshop order ${params.webshopOrderId}`);
  return returnResponse(found);
}

/** "This will fail with status code 400 if the tenant provided an ID for which he does not have a return." */
function remove(call: OperationCall) {
  const { store, params } = call;
  const found = store.regularReturns.find(integerParam(call, 'id'));
  if (found === undefined) throw notAllowed(`The tenant has no return ${params.id}`);
  for (const product of found.products) store.returnedProducts.remove(product.id);
  store.regularReturns.remove(found.id);
  return returnResponse(found);
}

function returnResponse({ id, webshopOrderId, createdAt, products }: RegularReturnRow) {
  return { id, webshopOrderId, createdAt, products };
}
