import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { RetailerRules } from '../returns/retailer-rules.ts';
import { keys } from './keys.ts';

/** The retailer's configuration at IGF as the bridge last read it. */
export interface RetailerItem extends RetailerRules {
  /** Shown to whoever looks, and not interpreted: the document does not say what they hold. */
  whitelist: string[];
  blacklist: string[];
}

/** Read and written by key; there is one. */
export interface RetailerItems {
  /** The rules to decide by; none while nobody has read them at IGF. */
  readRetailer(): Promise<RetailerRules | undefined>;
  writeRetailer(item: RetailerItem): Promise<void>;
}

export const retailerTable = (client: DynamoDBDocumentClient, tableName: string): RetailerItems => ({
  async readRetailer() {
    const { Item } = await client.send(new GetCommand({ TableName: tableName, Key: keys.retailer }));
    return Item && z.parse(RetailerRules, Item);
  },

  async writeRetailer(item) {
    await client.send(new PutCommand({ TableName: tableName, Item: { ...keys.retailer, ...item } }));
  },
});
