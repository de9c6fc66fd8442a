import * as z from 'zod/mini';
import type { OrderFact } from '../../facts/facts.ts';
import { madeOnce, type SenderAuthentication, type Webhook } from '../webhook.ts';

const bearer = /^bearer\s+/i;

/** The key in a header, also where the header came twice with the same key, or has `Bearer` before it. */
function keyIn(header: string): string {
  const [key = '', ...others] = new Set(header.split(',').map((part) => part.trim().replace(bearer, '')));
  return others.length === 0 ? key : header;
}

/** Winkelstraat sends a shared secret in `x-api-key` and the webhook's version in `x-version`. */
const authentication: SenderAuthentication = {
  credentialOf({ headers: { 'x-api-key': own, authorization = '' } }) {
    const sent = own || (bearer.test(authorization) ? authorization : undefined);
    return sent && keyIn(sent);
  },
  location: 'the header x-api-key, once and without "Bearer"',
  versionHeader: 'x-version',
};

interface OrderWebhook<Reported extends OrderFact> extends Webhook {
  facts(payload: unknown, receivedAt: string): Reported[];
}
/** Every URL that Winkelstraat posts to begins so. */
export const winkelstraatPath = '/winkelstraat/';

/**
 * A webhook of Winkelstraat. An ingest function has one, and esbuild leaves the others out of its bundle.
 * @param name family, version and event, such as `stock-hub/v1/rma`
 * @param makeSchema called once, when the schema is first needed
 */
// @__NO_SIDE_EFFECTS__
export const winkelstraatWebhook = <Schema extends z.ZodMiniType, Reported extends OrderFact>(
  name: string,
  makeSchema: () => Schema,
  factsOf: (body: z.output<Schema>, receivedAt: string) => Reported[],
): OrderWebhook<Reported> => {
  const schema = madeOnce(makeSchema);
  return {
    name,
    path: `${winkelstraatPath}${name}`,
    authentication,
    get schema() {
      return schema();
    },
    facts: (payload, receivedAt) => factsOf(z.parse(schema(), payload), receivedAt),
  };
};
