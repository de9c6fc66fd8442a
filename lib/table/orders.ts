import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { type IgfState, isHandedIn } from '../returns/igf-state.ts';
import { CreditMemo, type OrderSnapshot, ReturnRef, Rma, SalesOrder, Shipment } from '../returns/order.ts';
import { type EarlierListing, type Match, ReturnItem, type ReturnState } from '../returns/return-item.ts';
import { type StoredItem, tableItems } from './dynamodb.ts';
import {
  creditMemoPrefix,
  firstFactSortKey,
  type Key,
  keys,
  salesOrderSortKey,
  servedByPrefix,
  unmappedTask,
} from './keys.ts';

export const ForwardedItem = z.object({ forwarded: ReturnRef });

/** An item of an order into which facts are recorded. */
export type Entity =
  | { kind: 'sales-order'; content: SalesOrder }
  | { kind: 'credit-memo'; content: CreditMemo }
  | { kind: 'shipment'; content: Shipment }
  | { kind: 'rma'; content: Rma }
  | { kind: 'return'; content: ReturnItem };

export function entityKey({ kind, content }: Entity): Key {
  switch (kind) {
    case 'sales-order':
      return keys.salesOrder(content.orderId);
    case 'credit-memo':
      return keys.creditMemo(content);
    case 'shipment':
      return keys.shipment(content);
    case 'rma':
      return keys.rma(content.orderId, content.rmaId, content.second ? content.family : undefined);
    case 'return':
      return keys.return(content);
  }
}

/** A return's entry in the sparse index `tasks`: what the return waits for, and since when. */
export interface OpenTask {
  /**
   * Partition. `ATTENTION`: it waits for a person. `OPEN`: it waits for IGF. `WAITING`: it waits for something that may
   * never come, and asks a person after a day. `OBSERVED`: `mode=observe` kept a call to IGF back.
   * `UNMAPPED#REASON#mouwen te wijd`: it waits for a person to map this term, and the mapping command finds it here. A
   * list of everything that waits for a person therefore needs the unmapped terms first (`VOCABULARY` / `UNMAPPED#…`).
   * Parked and rejected deliveries have partitions of their own.
   */
  task: 'ATTENTION' | 'OPEN' | 'WAITING' | 'OBSERVED' | `UNMAPPED#${string}`;
  /** Sort key: since when it waits, ISO 8601 UTC. */
  due: string;
}

/** States in which IGF may still report something about the listing. */
export const followedStates: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled', 'Shipped']);

/** Whether its article was handed in, also after the forwarding had ended, and no refund is due yet. */
export const awaitsRefund = ({
  state,
  refundDue,
  igf,
}: Pick<ReturnItem, 'state' | 'refundDue' | 'igf'>): boolean =>
  state !== 'Settled' && !refundDue && (state === 'Completed' || (igf !== undefined && isHandedIn(igf)));

/** Whether a report of IGF or the passing of time may still change it. */
const isOpen = (item: ReturnItem): boolean => followedStates.has(item.state) || awaitsRefund(item);

/** Sorts before every time. An index key must not be empty. */
const epoch = '1970-01-01T00:00:00.000Z';

/** What a return waits for, if anything. An item without these attributes leaves the index. */
export function openTaskOf(item: ReturnItem): OpenTask | undefined {
  const { state, attention, attentionSince, lastUpdateAt, unmappedTerm } = item;
  if (unmappedTerm && (state === 'NeedsMapping' || item.waits === 'status')) {
    return { task: unmappedTask(unmappedTerm), due: attentionSince ?? epoch };
  }
  if (attention) return { task: 'ATTENTION', due: attentionSince ?? epoch };
  if (isOpen(item)) return { task: 'OPEN', due: lastUpdateAt ?? epoch };
  if (item.waits) return { task: 'WAITING', due: item.waitingSince ?? epoch };
  return item.observedOnly ? { task: 'OBSERVED', due: item.opening?.receivedAt ?? epoch } : undefined;
}

/** The item to write: the content as attributes under its key, with the next `rev`. */
export const toItem = (entity: Entity): StoredItem => ({
  ...entityKey(entity),
  ...entity.content,
  ...(entity.kind === 'return' && openTaskOf(entity.content)),
  rev: entity.content.rev + 1,
});

/**
 * The order, from the items of its partition.
 * @throws z.core.$ZodError when a person changed an item into something else
 */
export function toOrderSnapshot(orderId: string, items: readonly StoredItem[]): OrderSnapshot {
  const of = (prefix: string) => items.filter(({ sk }) => typeof sk === 'string' && sk.startsWith(prefix));
  const [salesOrder] = of(salesOrderSortKey).map((item) => z.parse(SalesOrder, item));
  return {
    orderId,
    ...(salesOrder && { salesOrder }),
    shipments: of('SHIPMENT#').map((item) => z.parse(Shipment, item)),
    rmas: of('RMA#').map((item) => z.parse(Rma, item)),
    returns: of('RETURN#').map((item) => z.parse(ReturnItem, item)),
    creditMemos: of(creditMemoPrefix).map((item) => z.parse(CreditMemo, item)),
    forwarded: of(servedByPrefix).map((item) => z.parse(ForwardedItem, item).forwarded),
  };
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

/** Orders, their shipments, RMAs and returns. */
export const storedOrders = (client: DynamoDBDocumentClient, tableName: string) => {
  const items = tableItems(client, tableName);
  return {
    /** Everything that an order's decisions are made from. */
    readOrder: async (orderId: string): Promise<OrderSnapshot> =>
      toOrderSnapshot(orderId, await items.query(keys.order(orderId), 'sk >= :sk', firstFactSortKey)),

    /**
     * Writes an entity that was made from revision `entity.content.rev`. Writes nothing when somebody has
     * written it since.
     */
    async write(entity: Entity): Promise<'written' | 'changed'> {
      const { rev } = entity.content;
      const written = await items.put(
        toItem(entity),
        rev === 0
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'rev = :rev', ExpressionAttributeValues: { ':rev': rev } },
      );
      return written ? 'written' : 'changed';
    },

    /**
     * Stores the outcome of a call to IGF on the return, and ends the claim.
     * @returns the written return, with everything that others recorded meanwhile. `changed`, with nothing
     * written, when the claim no longer has this token
     */
    async completeClaim(
      item: ReturnItem,
      token: string,
      outcome: ClaimOutcome,
    ): Promise<ReturnItem | 'changed'> {
      const task = openTaskOf({ ...item, ...withoutNull(outcome) }) ?? { task: null, due: null };
      const { igf, ...others } = outcome;
      const answer = await items.update(
        keys.return(item),
        {
          set: { ...others, ...task, pendingCall: null, ...(igf === null && { igf }) },
          setOnce: igf ? { igf } : {},
          count: 'rev',
        },
        {
          ConditionExpression: '#pendingCall.#token = :token',
          ExpressionAttributeNames: { '#token': 'token' },
          ExpressionAttributeValues: { ':token': token },
          ReturnValues: 'ALL_NEW',
        },
      );
      return answer ? z.parse(ReturnItem, answer.Attributes) : 'changed';
    },
  };
};
export type Orders = ReturnType<typeof storedOrders>;
