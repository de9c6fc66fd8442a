import type { get } from '../igf/api/retailer.ts';
import type { IgfClient } from '../igf/client.ts';
import { IgfError } from '../igf/errors.ts';
import { emailHash } from '../returns/retailer-rules.ts';
import { errorClass, logAlarm, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { BridgeState } from '../table/bridge-state.ts';
import { type ListedWebhook, lostSubscriptions } from '../webhooks/igf/subscriptions.ts';

/* The retailer's account at IGF: each run reads its configuration and its webhook subscriptions. */

/** The most entries of a list that are stored for people. A table item has at most 400 KB. */
const mostShown = 500;

type RetailerAtIgf = IgfClient<{ retailer: { get: typeof get } }>['retailer'];

/** Reads the retailer's configuration at IGF into the table, for the workers. A failure is only logged. */
export async function refreshRules(
  retailer: RetailerAtIgf,
  table: Pick<BridgeState, 'writeRetailer'>,
  now: () => number,
): Promise<'refreshed' | 'failed'> {
  try {
    const [config] = await retailer.get();
    if (!config) return 'failed';
    const { countries, bannedEmails, whitelist, blacklist } = config;
    await table.writeRetailer({
      countries: (countries ?? []).map((country) => country.toUpperCase()),
      bannedEmailHashes: (bannedEmails ?? []).map(emailHash),
      whitelist: (whitelist ?? []).slice(0, mostShown),
      blacklist: (blacklist ?? []).slice(0, mostShown),
      readAt: isoTime(now()),
    });
    logInfo({ step: 'retailer-read', countries: countries?.length, banned: bannedEmails?.length });
    return 'refreshed';
  } catch (error) {
    logWarning({ step: 'retailer-not-read', reason: errorClass(error) });
    return 'failed';
  }
}

/**
 * Raises an alarm that names the event types that IGF does not send to us. When IGF does not answer, this only logs a
 * warning: the next run tries again.
 * @param ourHost host (and port) of our own URLs
 * @returns how many event types are not sent to us; undefined when IGF did not answer
 */
export async function watchSubscriptions(
  webhooks: { readonly all: () => Promise<readonly ListedWebhook[]> },
  ourHost: string,
): Promise<number | undefined> {
  try {
    const lost = lostSubscriptions(await webhooks.all(), ourHost);
    if (lost.length > 0) {
      logAlarm('subscription-lost', {
        missing: lost.filter(({ why }) => why === 'missing').length,
        taken: lost.filter(({ why }) => why === 'taken').length,
        reason: `IGF does not send us ${lost.map(({ eventType }) => eventType).join(', ')}.`,
      });
    }
    return lost.length;
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    logWarning({ step: 'subscriptions-not-checked', reason: error.message, cause: errorClass(error) });
    return undefined;
  }
}
