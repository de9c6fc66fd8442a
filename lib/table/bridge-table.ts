import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type Reservations, reservations } from '../matching/reservations.ts';
import type { IgfState } from '../returns/igf-state.ts';
import type { Match } from '../returns/match.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import { ReturnItem } from '../returns/return-item.ts';
import { type DeliveryAttempt, deliveryUpdate } from './delivery-item.ts';
import { type IgfPointers, igfPointers } from './igf-pointers.ts';
import { firstFactSortKey, keys } from './keys.ts';
import { openTaskOf } from './open-task.ts';
import { type Entity, toItem, toOrderSnapshot } from './order-items.ts';
import { queryAll } from './query.ts';
import { type RetailerItems, retailerTable } from './retailer-item.ts';
import { type ShipmentLinks, shipmentLinks } from './shipment-links.ts';
import { type StoredMappings, storedMappings } from './term-mappings.ts';
import { type TermNotices, termNotices } from './term-notices.ts';

/** The table, by intent. Writes answer with an outcome; nothing of DynamoDB's leaks out of here. */
export interface BridgeTable
  extends IgfPointers,
    ShipmentLinks,
    Reservations,
    RetailerItems,
    StoredMappings,
    TermNotices {
  /** Everything an order's decisions are made from, strongly consistent. */
  readOrder(orderId: string): Promise<OrderSnapshot>;
  /** Writes what was made from `entity.content.rev`, unless somebody wrote since: then nothing is written. */
  write(entity: Entity): Promise<'written' | 'changed'>;
  /**
   * Stores the outcome of a call to IGF on the item that the claim's holder holds.
   * @returns the item as it is now, with what was recorded meanwhile, or `lost` when the claim is no longer ours.
   */
  completeClaim(item: ReturnItem, token: string, outcome: ClaimOutcome): Promise<ReturnItem | 'changed'>;
  /** Keeps what became of one delivery. */
  recordDelivery(attempt: DeliveryAttempt): Promise<void>;
}

/** What a claim's holder stores when its call is settled. Fields that are `null` are removed. */
export type ClaimOutcome = Pick<ReturnItem, 'state' | 'why'> & {
  listingId?: number;
  setDelivered?: number;
  regularReturn?: { id: number } | null;
  match?: Match;
  refusal?: NonNullable<ReturnItem['refusal']> | null;
  attention?: string | null;
  attentionSince?: string | null;
  /** What IGF answered, kept unless an event told something already. */
  igf?: IgfState;
  lastUpdateAt?: string;
};

/** `null` removes a field. */
const withoutNull = (outcome: ClaimOutcome): Partial<ReturnItem> =>
  Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, value ?? undefined]));

const assignment = (name: string): string =>
  name === 'igf' ? '#igf = if_not_exists(#igf, :igf)' : `#${name} = :${name}`;

const isConflict = (error: unknown): boolean => error instanceof ConditionalCheckFailedException;

export function bridgeTable(client: DynamoDBDocumentClient, tableName: string): BridgeTable {
  return {
    ...igfPointers(client, tableName),
    ...termNotices(client, tableName),
    ...storedMappings(client, tableName),
    ...shipmentLinks(client, tableName),
    ...reservations(client, tableName),
    ...retailerTable(client, tableName),

    async readOrder(orderId) {
      const items = await queryAll(client, {
        TableName: tableName,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk AND sk >= :sk',
        ExpressionAttributeValues: { ':pk': keys.order(orderId), ':sk': firstFactSortKey },
      });
      return toOrderSnapshot(orderId, items);
    },

    async write(entity) {
      const { rev } = entity.content;
      try {
        await client.send(
          new PutCommand({
            TableName: tableName,
            Item: toItem(entity),
            ...(rev === 0
              ? { ConditionExpression: 'attribute_not_exists(pk)' }
              : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } }),
          }),
        );
        return 'written';
      } catch (error) {
        if (isConflict(error)) return 'changed';
        throw error;
      }
    },

    async completeClaim(item, token, outcome) {
      const next = { ...item, ...withoutNull(outcome) };
      const fields = { ...outcome, ...(openTaskOf(next) ?? { task: null, due: null }) };
      const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== null);
      const removed = Object.entries(fields).flatMap(([name, value]) => (value === null ? [name] : []));
      const names = [...set.map(([name]) => name), ...removed, 'pendingCall', 'rev'];
      try {
        const { Attributes } = await client.send(
          new UpdateCommand({
            TableName: tableName,
            Key: keys.return(item.orderId, item.rmaId, item.itemId),
            UpdateExpression:
              `SET ${set.map(([name]) => assignment(name)).join(', ')} ` +
              `REMOVE ${['pendingCall', ...removed].map((name) => `#${name}`).join(', ')} ADD #rev :one`,
            ConditionExpression: '#pendingCall.#token = :token',
            ExpressionAttributeNames: {
              ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
              '#token': 'token',
            },
            ExpressionAttributeValues: {
              ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
              ':token': token,
              ':one': 1,
            },
            ReturnValues: 'ALL_NEW',
          }),
        );
        return z.parse(ReturnItem, Attributes);
      } catch (error) {
        if (isConflict(error)) return 'changed';
        throw error;
      }
    },

    async recordDelivery(attempt) {
      try {
        await client.send(new UpdateCommand({ TableName: tableName, ...deliveryUpdate(attempt) }));
      } catch (error) {
        // An attempt beside this one has already brought the delivery to its end.
        if (!isConflict(error)) throw error;
      }
    },
  };
}
