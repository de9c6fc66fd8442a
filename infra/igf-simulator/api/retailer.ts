import * as z from 'zod/mini';
import type { RetailerRow } from '../store.ts';
import { CountryCode } from './customers.ts';
import { type OperationCall, operation, read, type SimulatedOperation } from './operation.ts';

/** "One to One relation with tenant. Holds retailer information." The tenant's own operation is here too. */
export const retailerOperations: readonly SimulatedOperation[] = [
  operation('PUT /tenant/apiKey', 200, changeKey),
  // "Get the retailer config table": the sample is a list, read as the table's one row.
  operation('GET /retailer', 200, ({ store }) => [retailerResponse(store.retailer)]),
  operation('PUT /retailer', 200, (call) =>
    retailerResponse(change(call, read(UpdateRetailer, call.body ?? {}))),
  ),
  operation('PUT /retailer/discount/enable', 204, (call) => void change(call, { discountsEnabled: true })),
  operation('PUT /retailer/discount/disable', 204, (call) => void change(call, { discountsEnabled: false })),
];

/** Body of "Update the apiKey": it must fit into a header. */
const UpdateApiKey = z.object({
  apiKey: z.string().check(z.regex(/^[\x21-\x7e]+$/, 'must be plain ASCII without spaces')),
});

const text = z.exactOptional(z.string());
const texts = z.exactOptional(z.array(z.string()));
const days = z.exactOptional(z.int32().check(z.minimum(0)));

/** Body of "Update a retailer": an absent field stays as it is. */
const UpdateRetailer = z.object({
  name: text,
  matchingPeriod: days,
  handinPeriod: days,
  whitelist: texts,
  blacklist: texts,
  bannedEmails: texts,
  packageReceivedLink: text,
  returnCancelledLink: text,
  returnDeadlineLink: text,
  matchMadeLink: text,
  matchDeadlineLink: text,
  forwardRegisteredLink: text,
  fromEmail: text,
  discountsEnabled: z.exactOptional(z.boolean()),
  averageSavingsKilometers: z.exactOptional(z.number()),
  postmarkApiKey: text,
  countries: z.exactOptional(z.array(CountryCode)),
});

/** From the next call on only the new key is accepted. */
function changeKey({ store, body }: OperationCall) {
  store.apiKey = read(UpdateApiKey, body).apiKey;
  return { apiKey: store.apiKey, id: 1 };
}

function change({ store }: OperationCall, given: Partial<RetailerRow>): RetailerRow {
  store.retailer = { ...store.retailer, ...given };
  return store.retailer;
}

function retailerResponse(retailer: RetailerRow) {
  return { id: 1, ...retailer };
}
