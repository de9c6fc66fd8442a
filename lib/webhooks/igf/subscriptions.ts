import { type EventType, eventTypes } from '../../facts/vendor-terms.ts';
import { webhookPath } from './webhooks.ts';

/** A webhook as IGF lists it. Its document shows an empty object, so any field may be missing. */
export interface ListedWebhook {
  readonly id?: number | null | undefined;
  readonly eventType?: string | null | undefined;
  readonly url?: string | null | undefined;
}

/** The URL of ours that IGF should post an event type to. It ends in the secret token: never print it. */
export interface WantedSubscription {
  readonly eventType: EventType;
  readonly url: string;
}

/**
 * The step for an event type. IGF takes one webhook for each.
 *
 * - `keep`: it is subscribed as wanted.
 * - `create`: it has no subscription.
 * - `replace`: it has one of ours that is out of date, or (when taking over) somebody else's.
 * - `taken`: it is subscribed with a URL of another host, or with one that IGF does not list. We must not remove it.
 */
export type SubscriptionStep =
  | (WantedSubscription & { readonly action: 'keep' | 'create' })
  | (WantedSubscription & { readonly action: 'replace' | 'taken'; readonly found: ListedWebhook });

/** The eight URLs of an API. `apiUrl` has no slash at its end. */
export const wantedSubscriptions = (apiUrl: string, token: string): WantedSubscription[] =>
  eventTypes.map((eventType) => ({
    eventType,
    url: `${apiUrl}${webhookPath(eventType).replace('{token}', encodeURIComponent(token))}`,
  }));

/** Compares the wanted subscriptions with IGF's list. Once applied, a new plan has only `keep` (and `taken`) steps. */
export const planSubscriptions = (
  wanted: readonly WantedSubscription[],
  listed: readonly ListedWebhook[],
  { takeOver = false } = {},
): SubscriptionStep[] =>
  wanted.map(({ eventType, url }) => {
    const found = listed.filter((webhook) => eventTypeOf(webhook) === eventType);
    const [first] = found;
    if (!first) return { eventType, url, action: 'create' };
    if (found.some((webhook) => sameUrl(webhook.url, url))) return { eventType, url, action: 'keep' };
    const host = hostOf(url);
    const foreign = found.find((webhook) => hostOf(webhook.url) !== host);
    if (foreign && !takeOver) return { eventType, url, action: 'taken', found: foreign };
    return { eventType, url, action: 'replace', found: foreign ?? first };
  });

/** The event types that are not posted to our host. One whose URL IGF does not list is not called lost. */
export const lostSubscriptions = (listed: readonly ListedWebhook[], ourHost: string) =>
  eventTypes.flatMap((eventType): { eventType: EventType; why: 'missing' | 'taken' }[] => {
    const found = listed.filter((webhook) => eventTypeOf(webhook) === eventType);
    if (found.length === 0) return [{ eventType, why: 'missing' }];
    const hosts = found.map(({ url }) => hostOf(url));
    if (hosts.includes(ourHost) || hosts.includes(undefined)) return [];
    return [{ eventType, why: 'taken' }];
  });

/** The subscriptions of our host, whatever path and token they have: what `unsubscribe` removes. */
export const ownSubscriptions = (
  listed: readonly ListedWebhook[],
  ourHost: string,
): { eventType: EventType; webhook: ListedWebhook }[] =>
  listed.flatMap((webhook) => {
    const eventType = eventTypeOf(webhook);
    return eventType && hostOf(webhook.url) === ourHost ? [{ eventType, webhook }] : [];
  });

/** The event type of a webhook: its own field, or else the one that its path on a bridge stands for. */
export function eventTypeOf({ eventType, url }: ListedWebhook): EventType | undefined {
  const own = eventType?.toUpperCase();
  if (own) return eventTypes.find((known) => known === own);
  return routeOf(partsOf(url));
}

/** A webhook's URL for printing: its host and, if it is one of ours, its route. Other paths may contain a secret. */
export function shownUrl(url: string | null | undefined): string {
  const parts = partsOf(url);
  if (!parts) return 'a URL that IGF does not show';
  const route = routeOf(parts);
  return `${parts.host}${route ? webhookPath(route) : parts.pathname.length > 1 ? '/…' : ''}`;
}

/** Name and port. Undefined for a text that is no URL. */
export const hostOf = (url: string | null | undefined): string | undefined => partsOf(url)?.host;

const partsOf = (url: string | null | undefined): URL | undefined =>
  url && URL.canParse(url) ? new URL(url) : undefined;

/** Whether a listed URL is the wanted one, however it is written. */
export const sameUrl = (url: string | null | undefined, wanted: string): boolean =>
  partsOf(url)?.href === partsOf(wanted)?.href;

/** The event type whose path on a bridge a URL has, whatever the host and the token. */
const routeOf = (url: URL | undefined): EventType | undefined =>
  eventTypes.find((known) => url?.pathname.startsWith(webhookPath(known).replace('{token}', '')));
