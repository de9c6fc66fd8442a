/** The tenant: whose key we call with. */
import * as z from 'zod/mini';
import { endpoint } from '../../endpoint.ts';
import { maybeInteger, maybeText } from '../answers.ts';
import { requiredText } from '../requests.ts';

/** Body of "Update the apiKey of the given tenant". */
const ApiKeyRequest = z.strictObject({ apiKey: requiredText });

/** Its answer repeats the key: never log it. */
const Tenant = z.looseObject({ id: maybeInteger, apiKey: maybeText });

/** Replaces the api-key of the tenant, for every channel that uses it. The answer repeats the new key. */
export const setApiKey = () =>
  endpoint(48, 'updateApiKey', 'PUT /tenant/apiKey', 'Update the apiKey of the given tenant', {
    body: ApiKeyRequest,
    answer: Tenant,
    request: (apiKey: string) => ({ body: { apiKey } }),
  });
