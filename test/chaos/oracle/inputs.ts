import {
  type ItemRef,
  nameOf,
  type Payload,
  type Scenario,
  type SentDelivery,
  type Step,
} from '../scenarios/scenario.ts';

type Fields = Record<string, unknown>;

/** One return item with everything that was sent about it, in the order of sending where there was one. */
export interface ReturnInputs {
  readonly orderId: string;
  readonly item: ItemRef;
  readonly family: 'stock-hub' | 'push-api';
  /** What RMAs reported about the item. */
  readonly reports: readonly RmaReport[];
  /** Every `rma-item`: it reports the item received or closed. */
  readonly closings: readonly { readonly whenListed: boolean; readonly fields: Fields }[];
  readonly shipments: readonly Fields[];
  /** What happened to its listing at IGF, in order. */
  readonly atIgf: readonly Step[];
}

export interface RmaReport {
  readonly status: string;
  /** The RMA as a whole. */
  readonly header: Fields;
  /** The item. */
  readonly fields: Fields;
  /** It was sent only after IGF had the listing. */
  readonly whenListed: boolean;
}

type Collected = {
  -readonly [K in keyof ReturnInputs]: ReturnInputs[K] extends readonly (infer E)[] ? E[] : ReturnInputs[K];
};

const list = (payload: Payload): Fields[] => payload.items as Fields[];
const inside = (payload: Payload, name: string): Fields => payload[name] as Fields;

/** Everything that a scenario sends, by return item. */
export function inputsOf({ orderId, first, branches }: Scenario): ReturnInputs[] {
  const items = new Map<string, Collected>();
  const shipments: Fields[] = [];
  const itemOf = (item: ItemRef, family: ReturnInputs['family']): Collected => {
    const fresh = { orderId, item, family, reports: [], closings: [], shipments, atIgf: [] };
    const known = items.get(nameOf(item)) ?? fresh;
    items.set(nameOf(item), known);
    return known;
  };
  const addDelivery = ({ webhook, payload }: SentDelivery, listed: ReadonlySet<string>): void => {
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
          itemOf(ref, isStockHub ? 'stock-hub' : 'push-api').reports.push({
            status: String(isStockHub ? fields.status : payload.status),
            header: payload,
            fields,
            whenListed: listed.has(nameOf(ref)),
          });
        }
      }
    }
  };

  for (const delivery of first) addDelivery(delivery, new Set());
  for (const steps of branches) {
    const listed = new Set<string>();
    for (const step of steps) {
      if (step.kind === 'listed') listed.add(nameOf(step.item));
      if (step.kind === 'deliver') for (const delivery of step.deliveries) addDelivery(delivery, listed);
      else items.get(nameOf(step.item))?.atIgf.push(step);
    }
  }
  return [...items.values()];
}
