import { type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { IgfState } from '../returns/igf-state.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { EarlierListing, Match } from '../returns/return-item.ts';
import { ReturnItem } from '../returns/return-item.ts';
import { conditionalWrite, queryAll } from './dynamodb.ts';
import { firstFactSortKey, keys } from './keys.ts';
import { openTaskOf } from './open-task.ts';
import { type Entity, toItem, toOrderSnapshot } from './order-items.ts';

/** Orders, their shipments, RMAs and returns. */
export interface Orders {
  /** Everything that an order's decisions are made from, strongly consistent. */
  readOrder(orderId: string): Promise<OrderSnapshot>;
  /**
   * Writes an entity that was made from revision `entity.content.rev`. Writes nothing when somebody has
   * written it since.
   */
  write(entity: Entity): Promise<'written' | 'changed'>;
  /**
   * Stores the outcome of a call to IGF on the return, and ends the claim.
   * @returns the written return, with everything that others recorded meanwhile. `changed`, with nothing
   * written, when the claim no longer has this token
   */
  completeClaim(item: ReturnItem, token: string, outcome: ClaimOutcome): Promise<ReturnItem | 'changed'>;
}

/** What is stored when a claimed call has ended. A field that is `null` is removed. */
export type ClaimOutcome = Pick<ReturnItem, 'state' | 'why'> & {
  listingId?: number | null;
  earlierListings?: EarlierListing[];
  setDelivered?: number;
  regularReturn?: { id: number } | null;
  match?: Match;
  refusal?: NonNullable<ReturnItem['refusal']> | null;
  /** IGF's answer. It is stored only when no event has been recorded yet, because an event is never older. */
  igf?: IgfState | null;
  igfOrderId?: null;
  igfShipmentId?: null;
  lastUpdateAt?: string;
};

const withoutNull = (outcome: ClaimOutcome): Partial<ReturnItem> =>
  Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, value ?? undefined]));

const assignment = (name: string): string =>
  name === 'igf' ? '#igf = if_not_exists(#igf, :igf)' : `#${name} = :${name}`;

export const orderItems = (client: DynamoDBDocumentClient, tableName: string): Orders => ({
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
    const put = new PutCommand({
      TableName: tableName,
      Item: toItem(entity),
      ...(rev === 0
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } }),
    });
    return (await conditionalWrite(() => client.send(put))) ? 'written' : 'changed';
  },

  async completeClaim(item, token, outcome) {
    const next = { ...item, ...withoutNull(outcome) };
    const fields = Object.entries({ ...outcome, ...(openTaskOf(next) ?? { task: null, due: null }) });
    const set = fields.filter(([, value]) => value !== undefined && value !== null);
    const removed = ['pendingCall', ...fields.flatMap(([name, value]) => (value === null ? [name] : []))];
    const names = [...set.map(([name]) => name), ...removed, 'rev', 'token'];
    const update = new UpdateCommand({
      TableName: tableName,
      Key: keys.return(item),
      UpdateExpression:
        `SET ${set.map(([name]) => assignment(name)).join(', ')} ` +
        `REMOVE ${removed.map((name) => `#${name}`).join(', ')} ADD #rev :one`,
      ConditionExpression: '#pendingCall.#token = :token',
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: {
        ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
        ':token': token,
        ':one': 1,
      },
      ReturnValues: 'ALL_NEW',
    });
    const answer = await conditionalWrite(() => client.send(update));
    return answer ? z.parse(ReturnItem, answer.Attributes) : 'changed';
  },
});
