import type { Call, Operation } from '../operation.ts';
import { read } from '../reading.ts';
import { type Retailer, RetailerUpdate } from '../schemas/retailer.ts';
import { ApiKeyUpdate } from '../schemas/tenant.ts';

/** "One to One relation with tenant. Holds retailer information." The tenant's own operation stands here too. */
export const retailer: readonly Operation[] = [
  { name: 'PUT /tenant/apiKey', status: 200, run: changeKey },
  // "Get the retailer config table": the sample is a list, read as the table's one row.
  { name: 'GET /retailer', status: 200, run: ({ store }) => [show(store.retailer)] },
  {
    name: 'PUT /retailer',
    status: 200,
    run: (call) => show(change(call, read(RetailerUpdate, call.body ?? {}))),
  },
  {
    name: 'PUT /retailer/discount/enable',
    status: 204,
    run: (call) => void change(call, { discountsEnabled: true }),
  },
  {
    name: 'PUT /retailer/discount/disable',
    status: 204,
    run: (call) => void change(call, { discountsEnabled: false }),
  },
];

/** From the next call on only the new key is accepted. */
function changeKey({ store, body }: Call) {
  store.tenant.apiKey = read(ApiKeyUpdate, body).apiKey;
  return { apiKey: store.tenant.apiKey, id: 1 };
}

function change({ store }: Call, given: RetailerUpdate): Retailer {
  store.retailer = { ...store.retailer, ...given };
  return store.retailer;
}

function show(config: Retailer) {
  return { id: 1, ...config };
}
