import * as z from 'zod/mini';
import {
  CreditMemo,
  isSameReturn,
  type OrderSnapshot,
  ReturnRef,
  Rma,
  SalesOrder,
  Shipment,
} from '../returns/order.ts';
import { hashOfEmail } from '../returns/retailer-rules.ts';
import { ReturnItem } from '../returns/return-item.ts';
import type { StoredItem, TableItems } from './dynamodb.ts';
import { type Entity, entityKey } from './entity.ts';
import {
  creditMemoPrefix,
  firstFactSortKey,
  keys,
  returnPrefix,
  salesOrderSortKey,
  servedByPrefix,
  skeletonPrefix,
} from './keys.ts';
import { openTaskOf } from './open-task.ts';
import { emailOf, skeletonMark, skeletonOf } from './personal-data.ts';
import { defaultRetention, expiryOf, isDone, type Retention } from './retention.ts';

export const ForwardedItem = z.object({ forwarded: ReturnRef });

/** The mark of the skeleton that a return which is over leaves. */
const markOf = (item: ReturnItem): string | undefined => (isDone(item) ? skeletonMark(item) : undefined);

/** The item to write: the content as attributes under its key, with the next `rev`. */
export function toItem(entity: Entity, retention: Retention = defaultRetention): StoredItem {
  const email = emailOf(entity);
  return {
    ...entityKey(entity),
    ...entity.content,
    ...(entity.kind === 'return' && {
      ...openTaskOf(entity.content),
      skeleton: markOf(entity.content),
    }),
    expiresAt: expiryOf(entity, retention),
    ...(email && { emailHash: hashOfEmail(email) }),
    rev: entity.content.rev + 1,
  };
}

/** The order of a partition. @throws z.core.$ZodError when a person changed an item into something else */
export function toOrderSnapshot(orderId: string, items: readonly StoredItem[]): OrderSnapshot {
  const of = (prefix: string) => items.filter(({ sk }) => typeof sk === 'string' && sk.startsWith(prefix));
  const [salesOrder] = of(salesOrderSortKey).map((item) => z.parse(SalesOrder, item));
  const returns = of(returnPrefix).map((item) => z.parse(ReturnItem, item));
  for (const skeleton of of(skeletonPrefix).map((item) => z.parse(ReturnItem, item))) {
    if (!returns.some((item) => isSameReturn(item, skeleton))) returns.push(skeleton);
  }
  return {
    orderId,
    ...(salesOrder && { salesOrder }),
    shipments: of('SHIPMENT#').map((item) => z.parse(Shipment, item)),
    rmas: of('RMA#').map((item) => z.parse(Rma, item)),
    returns,
    creditMemos: of(creditMemoPrefix).map((item) => z.parse(CreditMemo, item)),
    forwarded: of(servedByPrefix).map((item) => z.parse(ForwardedItem, item).forwarded),
  };
}

/**
 * The fields that change when a claimed call has ended. One that is `null` is removed. IGF's answer (`igf`) is stored only
 * when no event has been recorded yet, because an event is never older.
 */
export type ClaimOutcome = Partial<Pick<ReturnItem, 'state' | 'why' | 'decisions'>> & {
  [Field in Outcomes]?: ReturnItem[Field] | null;
};
type Outcomes =
  | ('listingId' | 'earlierListings' | 'regularReturn' | 'setDelivered' | 'match' | 'refusal')
  | ('igf' | 'igfOrderId' | 'igfShipmentId' | 'lastUpdateAt');

const withoutNull = (outcome: ClaimOutcome): Partial<ReturnItem> =>
  Object.fromEntries(Object.entries(outcome).map(([name, value]) => [name, value ?? undefined]));

export const storedOrders = (items: TableItems, retention: Retention = defaultRetention) => {
  /**
   * Writes what stays of a return when DynamoDB deletes it: before the return gets its `expiresAt`, and again when the
   * skeleton changes. So a return that was listed is never unknown.
   */
  const putSkeleton = async (item: ReturnItem): Promise<void> => {
    const mark = markOf(item);
    if (mark === undefined || item.skeleton === mark) return;
    const rev = item.rev + 1;
    await items.put(
      { ...keys.skeleton(item), ...skeletonOf(item), rev },
      {
        ConditionExpression: 'attribute_not_exists(pk) OR rev <= :rev',
        ExpressionAttributeValues: { ':rev': rev },
      },
    );
  };

  return {
    /** Everything that an order's decisions are made from. */
    readOrder: async (orderId: string): Promise<OrderSnapshot> =>
      toOrderSnapshot(orderId, await items.query(keys.order(orderId), 'sk >= :sk', firstFactSortKey)),

    /** Writes an entity that was made from revision `entity.content.rev`, unless somebody has written it since. */
    async write(entity: Entity): Promise<'written' | 'changed'> {
      const { rev } = entity.content;
      if (entity.kind === 'return') await putSkeleton(entity.content);
      const isNew = 'attribute_not_exists(pk)';
      const isUnchanged = 'rev = :rev';
      // Of a return that was made from its skeleton, DynamoDB may have deleted the item.
      const mayBeGone = entity.kind === 'return' && entity.content.stripped;
      const written = await items.put(
        toItem(entity, retention),
        rev === 0
          ? { ConditionExpression: isNew }
          : {
              ConditionExpression: mayBeGone ? `${isNew} OR ${isUnchanged}` : isUnchanged,
              ExpressionAttributeValues: { ':rev': rev },
            },
      );
      return written ? 'written' : 'changed';
    },

    /**
     * Stores the outcome of a call to IGF on the return, and ends the claim.
     * @returns the return with all that others recorded meanwhile. `changed`, with nothing written, without this claim
     */
    async completeClaim(
      item: ReturnItem,
      token: string,
      outcome: ClaimOutcome,
    ): Promise<ReturnItem | 'changed'> {
      const next = { ...item, ...withoutNull(outcome), pendingCall: undefined };
      const task = openTaskOf(next) ?? { task: null, due: null };
      const expiresAt = expiryOf({ kind: 'return', content: next }, retention) ?? null;
      await putSkeleton(next);
      const { igf, ...others } = outcome;
      const answer = await items.update(
        keys.return(item),
        {
          set: {
            ...others,
            ...task,
            expiresAt,
            skeleton: markOf(next) ?? null,
            pendingCall: null,
            ...(igf === null && { igf }),
          },
          setOnce: igf ? { igf } : {},
          add: { rev: 1 },
        },
        {
          ConditionExpression: '#pendingCall.#token = :token',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': token },
          ReturnValues: 'ALL_NEW',
        },
      );
      if (!answer) return 'changed';
      const stored = z.parse(ReturnItem, answer.Attributes);
      // It has what others recorded during the call.
      await putSkeleton(stored);
      return stored;
    },
  };
};
export type Orders = ReturnType<typeof storedOrders>;
