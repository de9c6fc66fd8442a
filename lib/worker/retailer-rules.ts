import type { get } from '../igf/api/retailer.ts';
import type { IgfClient } from '../igf/client.ts';
import { emailHash, type RetailerRules } from '../returns/retailer-rules.ts';
import { errorClass, logInfo, logWarning } from '../runtime/log.ts';
import { isoTime } from '../runtime/time.ts';
import type { RetailerItems } from '../table/retailer-item.ts';

/** How long rules read from the table are used without asking again, in milliseconds. */
export const rulesMaxAgeMs = 10 * 60_000;

/** How many entries of a list are kept to be shown: a table item holds 400 KB. */
const mostShown = 500;

type RetailerAtIgf = IgfClient<{ retailer: { get: typeof get } }>['retailer'];

/**
 * The retailer's rules, kept for `rulesMaxAgeMs`: a worker reads them with its first message, not with each. A failed
 * read blocks nothing: the last known rules count, or the policy's countries alone.
 */
export function cachedRules(
  table: Pick<RetailerItems, 'readRetailer'>,
  now: () => number,
): () => Promise<RetailerRules | undefined> {
  let known: { rules: RetailerRules | undefined; at: number } | undefined;
  let reading: Promise<void> | undefined;

  const read = async (): Promise<void> => {
    try {
      known = { rules: await table.readRetailer(), at: now() };
    } catch (error) {
      logWarning({ step: 'retailer-not-read', reason: errorClass(error) });
    }
  };
  return async () => {
    if (!known || now() - known.at >= rulesMaxAgeMs) {
      reading ??= read().finally(() => {
        reading = undefined;
      });
      await reading;
    }
    return known?.rules;
  };
}

/**
 * Reads the retailer's configuration at IGF into the table: one call. Whoever runs it regularly keeps the workers'
 * rules fresh. A failure changes nothing and is only logged.
 */
export async function refreshRules(
  retailer: RetailerAtIgf,
  table: Pick<RetailerItems, 'writeRetailer'>,
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
