import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { ItemRef } from './scenarios/scenario.ts';
import type { AcceptedDelivery } from './winkelstraat.ts';

/** A return item or a delivery in the table: the attributes that the oracle compares. */
export interface BridgeItem {
  readonly pk: string;
  readonly sk: string;
  readonly state?: string;
  readonly why?: string;
  readonly attention?: string;
  /** What people must do: a text for each of them is in `attention`. */
  readonly tasks?: readonly unknown[];
  readonly refundDue?: boolean;
  readonly listingId?: number;
  readonly pendingCall?: { readonly until: string };
  readonly outcome?: string;
  readonly lastError?: string;
}

export interface TableReader extends AsyncDisposable {
  find(orderId: string, item: ItemRef): Promise<BridgeItem | undefined>;
  /** Whether all of these deliveries are done. */
  areDone(deliveries: readonly AcceptedDelivery[]): Promise<boolean>;
  /** Every item whose partition key begins with `ORDER#`. */
  orders(): Promise<BridgeItem[]>;
}

/** Reads the table directly, without faults. */
export function tableReader(endpoint: string, table: string): TableReader {
  const client = new DynamoDBClient({
    ...{ endpoint, region: 'local' },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  const documents = DynamoDBDocumentClient.from(client);
  const attributes =
    'pk, sk, #s, why, attention, tasks, refundDue, listingId, pendingCall, outcome, lastError';
  return {
    find: async (orderId, { rmaId, itemId }) => {
      const Key = { pk: `ORDER#${orderId}`, sk: `RETURN#${rmaId}#${itemId}` };
      const { Item } = await documents.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item as BridgeItem | undefined;
    },
    areDone: async (deliveries) => {
      const outcomes = deliveries.map(async ({ orderId, eventId }) => {
        const Key = { pk: `ORDER#${orderId}`, sk: `EVENT#${eventId}` };
        const { Item } = await documents.send(
          new GetCommand({ TableName: table, Key, ConsistentRead: true }),
        );
        return Item?.outcome === 'done' || Item?.outcome === 'skipped';
      });
      return (await Promise.all(outcomes)).every(Boolean);
    },
    orders: async () => {
      const items: BridgeItem[] = [];
      const scan = {
        TableName: table,
        ConsistentRead: true,
        ProjectionExpression: attributes,
        ExpressionAttributeNames: { '#s': 'state' },
        FilterExpression: 'begins_with(pk, :order)',
        ExpressionAttributeValues: { ':order': 'ORDER#' },
      };
      for await (const page of paginateScan({ client: documents }, scan)) {
        items.push(...((page.Items ?? []) as BridgeItem[]));
      }
      return items;
    },
    [Symbol.asyncDispose]: async () => documents.destroy(),
  };
}
