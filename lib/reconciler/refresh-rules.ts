import type { get } from '../igf/api/retailer.ts';
import type { IgfClient } from '../igf/client.ts';
import { emailHash } from '../returns/retailer-rules.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { BridgeState } from '../table/bridge-state.ts';

/** The most entries of a list that are stored for people. A table item has at most 400 KB. */
const mostShown = 500;

type RetailerAtIgf = IgfClient<{ retailer: { get: typeof get } }>['retailer'];

/**
 * Reads the retailer's configuration at IGF into the table: one call. The workers decide by the last
 * configuration that was read. A failure changes nothing and is only logged.
 */
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
