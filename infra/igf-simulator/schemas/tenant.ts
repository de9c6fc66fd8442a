import * as z from 'zod/mini';

/** Body of "Update the apiKey": it must fit into a header. */
export const ApiKeyUpdate = z.object({
  apiKey: z.string().check(z.regex(/^[\x21-\x7e]+$/, 'must be plain ASCII without spaces')),
});
