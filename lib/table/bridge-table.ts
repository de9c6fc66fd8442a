import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bridgeState } from './bridge-state.ts';
import { deliveries } from './deliveries.ts';
import { igfPointers } from './igf-pointers.ts';
import { links } from './links.ts';
import { storedOrders } from './orders.ts';
import type { Retention } from './retention.ts';
import { storedVocabulary } from './term-mappings.ts';

/** The whole table, by intent. Writes return an outcome, and nothing of DynamoDB leaves this folder. */
export const bridgeTable = (client: DynamoDBDocumentClient, tableName: string, retention?: Retention) => ({
  ...storedOrders(client, tableName, retention),
  ...deliveries(client, tableName),
  ...igfPointers(client, tableName),
  ...links(client, tableName),
  ...storedVocabulary(client, tableName),
  ...bridgeState(client, tableName),
});
export type BridgeTable = ReturnType<typeof bridgeTable>;
