/** What is sent, and what happens at IGF, for one order. The oracle knows nothing else. */
export interface Scenario {
  readonly orderId: string;
  readonly settings: Settings;
  /** For a person who reads a difference, such as `stock-hub: settled + over once listed`. */
  readonly hint: string;
  /** Sent in any order, each as often as it says. */
  readonly first: readonly SentDelivery[];
  /** Each runs by itself after `first` was accepted, one step after the other. */
  readonly branches: readonly (readonly Step[])[];
}

/** The settings of the bridge that the scenarios know, each by its name there. */
export interface Settings {
  readonly forward: 'single-item' | 'each-item';
  readonly trackedReturns: 'list' | 'hold';
  readonly sku: 'winkelstraat' | 'article_number';
  readonly webshopOrderId: 'order' | 'po_number';
}

export const defaultSettings: Settings = {
  ...{ forward: 'single-item', trackedReturns: 'list', sku: 'winkelstraat', webshopOrderId: 'order' },
};

export type WebhookName =
  | 'stock-hub/v1/order'
  | 'stock-hub/v1/invoice'
  | 'stock-hub/v1/shipment'
  | 'stock-hub/v1/rma'
  | 'stock-hub/v1/creditmemo'
  | `push-api/${'v1' | 'v2'}/shipment`
  | `push-api/${'v1' | 'v2'}/track`
  | 'push-api/v2/rma'
  | `push-api/${'v1' | 'v2'}/rma-item`
  | `push-api/${'v1' | 'v2'}/order-item`;

export type Payload = Readonly<Record<string, unknown>>;

export interface SentDelivery {
  readonly webhook: WebhookName;
  readonly payload: Payload;
  /** The order that it is about, if it is another one than the scenario's. */
  readonly orderId?: string;
  /** How many times Winkelstraat sends it. */
  readonly copies: number;
}

export interface ItemRef {
  readonly rmaId: string;
  readonly itemId: string;
}

/** What happens after the first deliveries. Steps at IGF wait for the listing of their item. */
export type Step =
  | { readonly kind: 'deliver'; readonly deliveries: readonly SentDelivery[] }
  /** IGF has the listing, or its n-th one after corrections. The bridge may not have got the answer. */
  | { readonly kind: 'listed'; readonly item: ItemRef; readonly nth?: number }
  | { readonly kind: 'buy'; readonly item: ItemRef; readonly webshopOrderId: string }
  | { readonly kind: 'event'; readonly item: ItemRef; readonly eventType: IgfEvent }
  | { readonly kind: 'lose'; readonly item: ItemRef }
  /** A person does what the return asks for, once its attention has this text, and says so. */
  | { readonly kind: 'done'; readonly item: ItemRef; readonly asked: string }
  /** A person lets a return go on that a text once ruled out. */
  | { readonly kind: 'release'; readonly item: ItemRef }
  /** The bridge knows this state: what follows happens days later. */
  | { readonly kind: 'known'; readonly item: ItemRef; readonly state: string; readonly refundDue?: boolean };

export type IgfEvent =
  | 'LABELED'
  | 'SHIPPED'
  | 'COMPLETED'
  | 'REFUND'
  | 'RETURN_CANCELED'
  | 'RETURN_DEADLINE_PASSED';

export const deliveriesOf = ({ first, branches }: Scenario): SentDelivery[] => [
  ...first,
  ...branches.flat().flatMap((step) => (step.kind === 'deliver' ? step.deliveries : [])),
];

export const nameOf = ({ rmaId, itemId }: ItemRef): string => `${rmaId}/${itemId}`;
