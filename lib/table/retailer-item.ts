import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RetailerRules } from '../returns/retailer-rules.ts';
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
