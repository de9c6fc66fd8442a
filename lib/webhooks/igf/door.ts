import type { SenderAuthentication } from '../webhook.ts';

/** IGF documents no signature for its webhooks, so the secret is part of the URL that it was given. */
export const igfAuthentication: SenderAuthentication = {
  shown: ({ pathParameters }) => pathParameters?.token,
  place: 'the path, as it was subscribed',
};
