/** The tenant: whose key we call with. */
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { ApiKeyRequest, Tenant } from '../schemas/tenant.ts';

/** Replaces the api-key of the tenant, for every channel that uses it. The answer repeats the new key. */
export const setApiKey = () =>
  endpoint({
    operation: operations.updateApiKey,
    body: ApiKeyRequest,
    answer: Tenant,
    request: (apiKey: string) => ({ body: { apiKey } }),
  });
