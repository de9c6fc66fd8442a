/** What is sent, and what happens at IGF, for one order. Everything that the oracle knows is in here. */
export interface History {
  readonly orderId: string;
  /** For a person who looks for what went wrong: `2 rma(s): settled; closes later`. */
  readonly hint: string;
  /** In any order, each as often as it says. */
  readonly first: readonly Delivery[];
  /** Each goes on by itself after `first` was accepted, one act after the other. */
  readonly branches: readonly (readonly Act[])[];
}

export type Webhook =
  | 'stock-hub/v1/shipment'
  | 'stock-hub/v1/rma'
  | 'push-api/v2/rma'
  | 'push-api/v1/rma-item';

export type Payload = Readonly<Record<string, unknown>>;

export interface Delivery {
  readonly webhook: Webhook;
  readonly payload: Payload;
  /** How many times Winkelstraat sends it. */
  readonly copies: number;
}

export interface ItemRef {
  readonly rmaId: string;
  readonly itemId: string;
}

/** What happens after the first deliveries. Those with an item are about its listing at IGF, or wait for it. */
export type Act =
  | { readonly kind: 'deliver'; readonly deliveries: readonly Delivery[] }
  /** IGF has the listing: whether the bridge has heard the answer is another matter. */
  | { readonly kind: 'listed'; readonly item: ItemRef }
  | { readonly kind: 'buy'; readonly item: ItemRef; readonly webshopOrderId: string }
  | { readonly kind: 'event'; readonly item: ItemRef; readonly eventType: IgfEvent }
  | { readonly kind: 'lose'; readonly item: ItemRef }
  /** The bridge knows that it has come so far: what follows happens days later. */
  | { readonly kind: 'known'; readonly item: ItemRef; readonly state: string; readonly refundDue?: boolean };

export type IgfEvent =
  | 'LABELED'
  | 'SHIPPED'
  | 'COMPLETED'
  | 'REFUND'
  | 'RETURN_CANCELED'
  | 'RETURN_DEADLINE_PASSED';

export const deliveriesOf = ({ first, branches }: History): Delivery[] => [
  ...first,
  ...branches.flat().flatMap((act) => (act.kind === 'deliver' ? act.deliveries : [])),
];

export const nameOf = ({ rmaId, itemId }: ItemRef): string => `${rmaId}/${itemId}`;
