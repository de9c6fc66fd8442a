import type * as z from 'zod/mini';
import type { SenderAuthentication, Webhook } from '../webhook.ts';

/** Winkelstraat sends a shared secret in `x-api-key` and the webhook's version in `x-version`. */
const authentication: SenderAuthentication = {
  credentialOf: ({ headers }) => headers['x-api-key'],
  location: 'the header x-api-key',
  versionHeader: 'x-version',
};

/** Every URL that Winkelstraat posts to begins so. */
export const winkelstraatPath = '/winkelstraat/';

/** A webhook of Winkelstraat. @param name family, version and event, such as `stock-hub/v1/rma` */
export const winkelstraatWebhook = <Schema extends z.ZodMiniType>(
  name: string,
  schema: Schema,
): Webhook<Schema> => ({ name, path: `${winkelstraatPath}${name}`, authentication, schema });
