import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { bridgeState } from './bridge-state.ts';
import { deliveries } from './deliveries.ts';
import { tableItems } from './dynamodb.ts';
import { igfPointers } from './igf-pointers.ts';
import { links } from './links.ts';
import { storedOrders } from './orders.ts';
import type { Retention } from './retention.ts';
import { storedVocabulary } from './term-mappings.ts';

/** The whole table, by intent. Writes return an outcome, and nothing of DynamoDB leaves this folder. */
export function bridgeTable(client: DynamoDBDocumentClient, tableName: string, retention?: Retention) {
  const items = tableItems(client, tableName);
  return {
    ...storedOrders(items, retention),
    ...deliveries(items),
    ...igfPointers(items),
    ...links(items),
    ...storedVocabulary(items),
    ...bridgeState(items),
  };
}
export type BridgeTable = ReturnType<typeof bridgeTable>;
