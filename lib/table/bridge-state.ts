import * as z from 'zod/mini';
import { RetailerRules } from '../returns/retailer-rules.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { addSeconds } from '../runtime/time.ts';
import type { TableItems } from './dynamodb.ts';
import { keys } from './keys.ts';

export interface RetailerItem extends RetailerRules {
  /** Only for people. The bridge does not use them, because IGF's document does not say what they contain. */
  whitelist: string[];
  blacklist: string[];
}

const Stored = z.object({ firstDeliveryAt: z.string() });

/** The last run of the reconciler. */
const ReconcilerRun = z.object({
  /** When it ended, ISO 8601 UTC. */
  at: z.string(),
  reviewed: z.number(),
  repaired: z.number(),
  failed: z.number(),
  /** Why it ended before it had reviewed everything. */
  stopped: z.optional(z.string()),
});
export type ReconcilerRun = z.infer<typeof ReconcilerRun>;

/** The least time between daily notices. Runs of the reconciler do not begin at the same minute each day. */
export const dailyNoticeSeconds = 23.5 * 60 * 60;

/** The two items that the table has once: what the bridge knows about itself, and about the retailer. */
export const bridgeState = (items: TableItems) => ({
  /**
   * When the bridge took its first delivery, ISO 8601 UTC. What Winkelstraat reported before is missing.
   * @param now stored if nothing is stored yet
   */
  async firstDelivery(now: string): Promise<string> {
    const setOnce = { firstDeliveryAt: now };
    const answer = await items.update(keys.bridge, { setOnce }, { ReturnValues: 'ALL_NEW' });
    return z.parse(Stored, answer?.Attributes).firstDeliveryAt;
  },

  /** Claims the notice that is published once a day. @param now ISO 8601 UTC */
  async claimDailyNotice(now: string): Promise<'ours' | 'published'> {
    const claimed = await items.update(
      keys.bridge,
      { set: { dailyNoticeAt: now } },
      {
        ConditionExpression: 'attribute_not_exists(#dailyNoticeAt) OR #dailyNoticeAt <= :dayAgo',
        ExpressionAttributeValues: { ':dayAgo': addSeconds(now, -dailyNoticeSeconds) },
      },
    );
    return claimed ? 'ours' : 'published';
  },

  /** Ends the claim, because the notice could not be published. */
  async releaseDailyNotice(): Promise<void> {
    await items.update(keys.bridge, { set: { dailyNoticeAt: null } });
  },

  /** Undefined until the reconciler has read the configuration at IGF once. */
  async readRetailer(): Promise<RetailerRules | undefined> {
    const item = await items.get(keys.retailer);
    return item && z.parse(RetailerRules, item);
  },

  async writeRetailer(retailer: RetailerItem): Promise<void> {
    await items.put({ ...keys.retailer, ...retailer });
  },

  /** Notes a run of the reconciler, for people. */
  async noteRun({ at, reviewed, repaired, failed, stopped }: ReconcilerRun): Promise<void> {
    await items.update(keys.bridge, { set: { lastRun: { at, reviewed, repaired, failed, stopped } } });
  },

  /** Undefined until the reconciler has run once. */
  readLastRun: async (): Promise<ReconcilerRun | undefined> =>
    z.safeParse(ReconcilerRun, (await items.get(keys.bridge))?.lastRun).data,
});
export type BridgeState = ReturnType<typeof bridgeState>;

/** Reads at the first call, and when the value is older than `maxAgeMs`. A read that fails leaves the known value. */
function cached<Value>(
  read: () => Promise<Value>,
  failedStep: string,
  maxAgeMs = Number.POSITIVE_INFINITY,
  now = () => 0,
): () => Promise<Value | undefined> {
  let known: { value: Value; at: number } | undefined;
  let reading: Promise<void> | undefined;
  const readNow = async (): Promise<void> => {
    try {
      known = { value: await read(), at: now() };
    } catch (error) {
      logWarning({ step: failedStep, reason: errorClass(error) });
    }
    reading = undefined;
  };
  return async () => {
    if (!known || now() - known.at >= maxAgeMs) {
      reading ??= readNow();
      await reading;
    }
    return known?.value;
  };
}

/** When the bridge took its first delivery, written and read once for each process. */
export const cachedFirstDelivery = (table: Pick<BridgeState, 'firstDelivery'>, now: () => string) =>
  cached(() => table.firstDelivery(now()), 'first-delivery-not-read');

/** How long rules read from the table are used without reading them again, in milliseconds. */
export const rulesMaxAgeMs = 10 * 60_000;

/** The retailer's rules, read for several messages at once. Without any, only the policy's countries apply. */
export const cachedRules = (table: Pick<BridgeState, 'readRetailer'>, now: () => number) =>
  cached(() => table.readRetailer(), 'retailer-not-read', rulesMaxAgeMs, now);
