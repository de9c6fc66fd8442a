import * as z from 'zod/mini';
import { maybeInteger, maybeText } from './answer-fields.ts';
import { text } from './request-fields.ts';

/** Body of "Update the apiKey of the given tenant". */
export const ApiKeyRequest = z.strictObject({ apiKey: text });

/** Its answer repeats the key: never log it. */
export const Tenant = z.looseObject({ id: maybeInteger, apiKey: maybeText });
export type Tenant = z.infer<typeof Tenant>;
