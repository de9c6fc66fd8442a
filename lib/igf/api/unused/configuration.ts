/** The tenant and its retailer's configuration: the operations without a caller. `operations.ts` says why. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { id, listOf } from '../answers.ts';
import { country, requiredText } from '../requests.ts';

/** Nothing reads the fields of these answers yet: the document lists them. */
const Answer = z.looseObject({});

export const info = {
  get: endpoint(46, 'getInfo', 'GET /info', { title: 'Get tenant information', answer: Answer }),
};

export const tenant = {
  /** Replaces the tenant's api-key, for every channel that uses it. The answer repeats the new key: never log it. */
  setApiKey: endpoint(48, 'updateApiKey', 'PUT /tenant/apiKey', {
    title: 'Update the apiKey of the given tenant',
    body: z.strictObject({ apiKey: requiredText }),
    answer: Answer,
    request: (apiKey: string) => ({ body: { apiKey } }),
  }),
};

const texts = z.array(z.string());

/** Body of "Update a retailer": the settings to change. */
const RetailerUpdate = z.partial(
  z.strictObject({
    name: z.string(),
    /** How long a listing waits for a buyer, and a buyer for the article to be handed in. */
    matchingPeriod: z.int32(),
    handinPeriod: z.int32(),
    whitelist: texts,
    blacklist: texts,
    bannedEmails: texts,
    /** Pages of the shop that IGF's mails link to. */
    packageReceivedLink: z.string(),
    returnCancelledLink: z.string(),
    returnDeadlineLink: z.string(),
    matchMadeLink: z.string(),
    matchDeadlineLink: z.string(),
    forwardRegisteredLink: z.string(),
    /** Who those mails are from. */
    fromEmail: z.string(),
    discountsEnabled: z.boolean(),
    averageSavingsKilometers: z.number(),
    postmarkApiKey: z.string(),
    countries: z.array(country),
  }),
);

export const retailer = {
  /** Changes settings; what is absent stays as it is. */
  update: endpoint(50, 'updateRetailer', 'PUT /retailer', {
    title: 'Update a retailer',
    body: RetailerUpdate,
    answer: z.optional(Answer),
  }),
  enableDiscount: endpoint(51, 'enableDiscount', 'PUT /retailer/discount/enable', {
    title: 'Enable discount for a retailer',
  }),
  disableDiscount: endpoint(52, 'disableDiscount', 'PUT /retailer/discount/disable', {
    title: 'Disable discount for a retailer',
  }),
};

/** What a carrier needs to know of the tenant; which fields, the carrier's own JSON schema says. */
const data = z.record(z.string(), z.unknown());

const Contract = z.looseObject({ id });

/** What IGF needs to have a carrier (PostNL, DHL_eCommerce_Benelux, TestCarrier) make labels. A contract's data holds credentials: never log it. */
export const carrierContracts = {
  all: endpoint(53, 'allCarrierContracts', 'GET /carrier-contracts', {
    title: 'Retrieves all carrier contracts.',
    answer: listOf(Contract),
  }),
  /** Creates a contract, in place of one with the same name. */
  create: endpoint(54, 'createCarrierContract', 'POST /carrier-contracts', {
    title: 'Creates a new carrier contract.',
    body: z.strictObject({ data, name: requiredText }),
    answer: Contract,
  }),
  get: endpoint(55, 'getCarrierContract', 'GET /carrier-contracts/{id:int}', {
    title: 'Retrieves a carrier contract.',
    answer: Contract,
  }),
  /** Replaces a contract's data; its name stays. */
  update: endpoint(56, 'updateCarrierContract', 'PUT /carrier-contracts/{id:int}', {
    title: 'Updates an existing carrier contract.',
    body: z.strictObject({ data }),
    answer: Contract,
    request: (data: Record<string, unknown>) => ({ body: { data } }),
  }),
  remove: endpoint(57, 'deleteCarrierContract', 'DELETE /carrier-contracts/{id:int}', {
    title: 'Deletes a carrier contract.',
    answer: z.optional(Contract),
  }),
  /** The JSON schemas that the contracts' data must fit. */
  schemas: endpoint(58, 'carrierContractSchemas', 'GET /carrier-contracts/schemas', {
    title: 'Retrieves all carrier contracts Json Schema.',
    answer: listOf(Answer),
  }),
};

/** Up to how much an article of a price may be discounted for its next buyer. */
export const discounts = {
  all: endpoint(59, 'allDiscountRanges', 'GET /discount', {
    title: 'Get all discount ranges.',
    answer: listOf(Answer),
  }),
  /** Replaces all ranges. IGF refuses gaps between them. */
  replace: endpoint(60, 'replaceDiscountRanges', 'PUT /discount', {
    title: 'Change the previous discount ranges.',
    body: z.array(z.strictObject({ minPrice: z.number(), maxPrice: z.number(), maxDiscount: z.number() })),
    answer: listOf(Answer),
  }),
};
