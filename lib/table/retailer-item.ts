import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RetailerRules } from '../returns/retailer-rules.ts';
import { errorClass, logWarning } from '../runtime/log.ts';
import { keys } from './keys.ts';

/** The retailer's configuration at IGF, as last read. There is one. */
export interface RetailerItem extends RetailerRules {
  /** For people to look at. The bridge does not use them: IGF's document does not say what they contain. */
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
