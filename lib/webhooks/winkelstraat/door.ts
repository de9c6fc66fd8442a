import type { SenderAuthentication } from '../webhook.ts';

/** Winkelstraat shows a shared secret in `x-api-key` and says the webhook's version in `x-version`. */
export const winkelstraatAuthentication: SenderAuthentication = {
  shown: ({ headers }) => headers['x-api-key'],
  place: 'the header x-api-key',
  versionHeader: 'x-version',
};
