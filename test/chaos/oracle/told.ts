import {
  type Act,
  type Delivery,
  type History,
  type ItemRef,
  nameOf,
  type Payload,
} from '../histories/history.ts';

type Fields = Record<string, unknown>;

/** One article that comes back, with all that was said of it, in the order of saying where there was one. */
export interface Told {
  readonly orderId: string;
  readonly item: ItemRef;
  readonly family: 'stock-hub' | 'push-api';
  /** What RMAs said of the item itself, and of the RMA as a whole. */
  readonly tellings: readonly Telling[];
  /** That an `rma-item` reported it received or closed. */
  readonly closings: readonly { readonly whenListed: boolean; readonly fields: Fields }[];
  readonly shipments: readonly Fields[];
  /** What happened to its listing at IGF, in order. */
  readonly atIgf: readonly Act[];
}

export interface Telling {
  readonly status: string;
  readonly header: Fields;
  readonly fields: Fields;
  /** It was said only after IGF had the listing. */
  readonly whenListed: boolean;
}

const list = (payload: Payload): Fields[] => payload.items as Fields[];
const inside = (payload: Payload, name: string): Fields => payload[name] as Fields;

/** Everything that a history tells, by return item. */
export function told(history: History): Told[] {
  const items = new Map<
    string,
    { -readonly [K in keyof Told]: Told[K] extends readonly (infer E)[] ? E[] : Told[K] }
  >();
  const shipments: Fields[] = [];
  const itemOf = (item: ItemRef, family: Told['family']) => {
    const fresh = {
      orderId: history.orderId,
      item,
      family,
      tellings: [],
      closings: [],
      shipments,
      atIgf: [],
    };
    const known = items.get(nameOf(item)) ?? fresh;
    items.set(nameOf(item), known);
    return known;
  };
  const hear = ({ webhook, payload }: Delivery, listed: ReadonlySet<string>): void => {
    switch (webhook) {
      case 'stock-hub/v1/shipment':
        shipments.push(payload);
        return;
      case 'push-api/v1/rma-item': {
        const fields = inside(payload, 'rma_item');
        const ref = { rmaId: String(inside(payload, 'rma').rma_id), itemId: String(fields.rma_item_id) };
        itemOf(ref, 'push-api').closings.push({ whenListed: listed.has(nameOf(ref)), fields });
        return;
      }
      default: {
        const isStockHub = webhook === 'stock-hub/v1/rma';
        for (const fields of list(payload)) {
          const ref = isStockHub
            ? { rmaId: String(payload.increment_id), itemId: String(fields.id) }
            : { rmaId: String(payload.rma_id), itemId: String(fields.rma_item_id) };
          itemOf(ref, isStockHub ? 'stock-hub' : 'push-api').tellings.push({
            status: String(isStockHub ? fields.status : payload.status),
            header: payload,
            fields,
            whenListed: listed.has(nameOf(ref)),
          });
        }
      }
    }
  };

  for (const delivery of history.first) hear(delivery, new Set());
  for (const acts of history.branches) {
    const listed = new Set<string>();
    for (const act of acts) {
      if (act.kind === 'listed') listed.add(nameOf(act.item));
      if (act.kind === 'deliver') for (const delivery of act.deliveries) hear(delivery, listed);
      else items.get(nameOf(act.item))?.atIgf.push(act);
    }
  }
  return [...items.values()];
}
