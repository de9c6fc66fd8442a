/** The tenant, whose api-key every call carries. */
import * as z from 'zod/mini';
import { endpoint } from '../endpoint.ts';
import { requiredText } from './requests.ts';

/** Replaces the tenant's api-key, for every channel that uses it. The answer repeats the new key: never log it. */
export const setApiKey = () =>
  endpoint('updateApiKey', 'PUT /tenant/apiKey', {
    body: z.strictObject({ apiKey: requiredText }),
    answer: z.looseObject({}),
    request: (apiKey: string) => ({ body: { apiKey } }),
  });
