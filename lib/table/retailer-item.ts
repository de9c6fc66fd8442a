import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RetailerRules } from '../returns/retailer-rules.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { keys } from './keys.ts';

/** The retailer's configuration at IGF, as last read. The table has one such item. */
export interface RetailerItem extends RetailerRules {
  /** Only for people. The bridge does not use them, because IGF's document does not say what they contain. */
  whitelist: string[];
  blacklist: string[];
}

export interface RetailerItems {
  /** Undefined until the reconciler has read the configuration at IGF once. */
  readRetailer(): Promise<RetailerRules | undefined>;
  writeRetailer(item: RetailerItem): Promise<void>;
}

export const retailerItems = (client: DynamoDBDocumentClient, tableName: string): RetailerItems => ({
  async readRetailer() {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: keys.retailer }));
    return Item && z.parse(RetailerRules, Item);
  },

  async writeRetailer(item) {
    await client.send(new PutCommand({ TableName: tableName, Item: { ...keys.retailer, ...item } }));
  },
});

/** How long rules read from the table are used without reading them again, in milliseconds. */
export const rulesMaxAgeMs = 10 * 60_000;

/**
 * The retailer's rules, cached for `rulesMaxAgeMs`, so that a worker does not read them for each message. A
 * failed read blocks nothing: then the last known rules apply, or only the policy's countries.
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
