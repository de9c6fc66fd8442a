/** From whom, to whom and to which warehouse articles go: the operations without a caller. `operations.ts` says why. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { id, listOf } from '../answers.ts';
import { CustomerRequest, email, requiredText } from '../requests.ts';

/** Nothing reads the other fields of the answers yet: the document lists them. */
const Answer = z.looseObject({ id });

/** A sender returns an article, a receiver buys it. */
export const customers = {
  get: endpoint(31, 'getCustomer', 'GET /customer/{id:idOrText}', {
    title: 'Get customer by id',
    answer: Answer,
  }),
  update: endpoint(32, 'updateCustomer', 'PUT /customer/{id:idOrText}', {
    title: 'Update customer',
    body: z.omit(CustomerRequest, { customerStatus: true }),
    answer: Answer,
  }),
  remove: endpoint(33, 'deleteCustomer', 'DELETE /customer/{id:idOrText}', { title: 'Delete customer' }),
  /** Bans the customer with this email address from buying and returning. */
  ban: endpoint(34, 'banCustomer', 'POST /customer/ban', {
    title: 'Ban customer by email',
    body: email,
    answer: Answer,
  }),
  ofEmail: endpoint(35, 'customerByEmail', 'GET /customer/email/{email:email}', {
    title: 'Get customer by email',
    answer: Answer,
  }),
};

/** Body of "Create a new warehouse" and "Update warehouse". */
const WarehouseRequest = z.strictObject({
  name: requiredText,
  address: z.optional(z.string()),
  postalCode: requiredText,
  city: requiredText,
  countryCode: requiredText,
  houseNumber: requiredText,
  street: requiredText,
  type: z.optional(z.string()),
  responsibleEmployeeLastname: z.optional(z.string()),
  responsibleEmployeeFirstname: z.optional(z.string()),
  responsibleEmployeeEmail: z.optional(email),
});

/** Where articles go that are not forwarded. IGF uses the one that was added first; its address is on labels. */
export const warehouses = {
  all: endpoint(36, 'allWarehouses', 'GET /warehouse', {
    title: 'Get all warehouse',
    answer: listOf(Answer),
  }),
  create: endpoint(37, 'createWarehouse', 'POST /warehouse', {
    title: 'Create a new warehouse',
    body: WarehouseRequest,
    answer: Answer,
  }),
  get: endpoint(38, 'getWarehouse', 'GET /warehouse/{id:idOrText}', {
    title: 'Get warehouse by id',
    answer: Answer,
  }),
  /** Replaces a warehouse: the required fields must be there again. */
  update: endpoint(39, 'updateWarehouse', 'PUT /warehouse/{id:idOrText}', {
    title: 'Update warehouse',
    body: WarehouseRequest,
    answer: Answer,
  }),
  remove: endpoint(40, 'deleteWarehouse', 'DELETE /warehouse/{id:idOrText}', { title: 'Delete warehouse' }),
  /** The warehouses of the retailer that the key belongs to. */
  ofRetailer: endpoint(41, 'warehousesOfRetailer', 'GET /warehouse/retailer', {
    title: 'Get all warehouse by retailer',
    answer: listOf(Answer),
  }),
};
