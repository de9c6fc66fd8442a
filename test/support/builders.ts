/** What tests work with: the vendors' own examples and small facts, each with the few things a test cares about. */
import { readFileSync } from 'node:fs';
import { defaultPolicy, type Policy } from '../../lib/config/policy.ts';
import type {
  Address,
  ClosingFact,
  CreditMemoFact,
  OpeningFact,
  OrderFact,
  RmaFact,
  SalesOrderFact,
  ShipmentFact,
  TrackFact,
} from '../../lib/facts/facts.ts';
import { mergeFacts } from '../../lib/record/record-facts.ts';
import type { IgfState } from '../../lib/returns/igf-state.ts';
import { emptyOrder, type OrderSnapshot } from '../../lib/returns/order.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import type { DecisionContext } from '../../lib/rules/view.ts';
import type { DeliveryAttempt } from '../../lib/table/deliveries.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import type { Envelope } from '../../lib/webhooks/envelope.ts';

export type Json = Record<string, unknown>;

const texts = new Map<string, string>();

/** The vendor's own example payload of a webhook, such as `push-api-v2-rma`, a new copy for each caller. */
export function sample(name: string): Json {
  const text = texts.get(name) ?? readFileSync(new URL(`../samples/${name}.json`, import.meta.url), 'utf8');
  texts.set(name, text);
  return JSON.parse(text) as Json;
}

const withItems = (name: string, header: Json, items: readonly Json[]): Json => {
  const example = sample(name);
  const [first] = example.items as Json[];
  return {
    ...example,
    ...(items.length > 0 && { items: items.map((item) => ({ ...first, ...item })) }),
    ...header,
  };
};

/** The vendor's stock-hub RMA, with other header fields, and with these items in place of its one. */
export const stockHubRma = (header: Json = {}, ...items: Json[]): Json =>
  withItems('stock-hub-v1-rma', header, items);

/** The vendor's stock-hub shipment, with other header fields, and with these items in place of its one. */
export const stockHubShipment = (header: Json = {}, ...items: Json[]): Json =>
  withItems('stock-hub-v1-shipment', header, items);

/** The vendor's push-api `v2/rma`, with other header fields, and with these items in place of its one. */
export const pushApiRma = (header: Json = {}, ...items: Json[]): Json =>
  withItems('push-api-v2-rma', header, items);

/** The vendor's push-api `rma-item`, with other fields in each of its three parts. */
export function rmaItemPayload(parts: { rma?: Json; order?: Json; rma_item?: Json } = {}): Json {
  const example = sample('push-api-v1-rma-item') as Record<'rma' | 'order' | 'rma_item', Json>;
  return {
    rma: { ...example.rma, ...parts.rma },
    order: { ...example.order, ...parts.order },
    rma_item: { ...example.rma_item, ...parts.rma_item },
  };
}

/** The payload without some of its fields; a dotted path reaches into objects and lists. */
export function without(payload: Json, ...paths: string[]): Json {
  const copy = structuredClone(payload);
  for (const path of paths) {
    const names = path.split('.');
    const last = names.pop() ?? '';
    const parent = names.reduce((inner: unknown, name) => (inner as Json)[name], copy);
    delete (parent as Json)[last];
  }
  return copy;
}

export const receivedAt = '2024-03-08T13:30:00.000Z';

/** The facts that a webhook of the catalogue reports. */
export function factsOf(webhookName: string, payload: unknown, at = receivedAt): OrderFact[] {
  const webhook = senders.flatMap(({ webhooks }) => webhooks).find(({ name }) => name === webhookName);
  if (!webhook) throw new Error(`The catalogue has no webhook ${webhookName}.`);
  return webhook.facts(payload, at).filter((fact) => fact.kind !== 'igf');
}

export const ofOrder = { orderId: '000000549' } as const;
export const ofReturn = { ...ofOrder, rmaId: '000000093', itemId: '90' } as const;

export const address = (overrides: Address = {}): Address => ({
  firstName: 'Jan',
  lastName: 'Jansen',
  email: 'jan.jansen@example.com',
  phone: '+31600000000',
  street: 'Edsger Dijkstraat',
  houseNumber: '12',
  postcode: '9012DE',
  city: 'Zonnewijk',
  country: 'NL',
  ...overrides,
});

/** One item of an authorized stock-hub RMA: it knows neither its customer nor its price. */
export const openingFact = (overrides: Partial<OpeningFact> = {}): OpeningFact => ({
  kind: 'opening',
  family: 'stock-hub',
  ...ofReturn,
  status: 'authorized',
  receivedAt,
  sku: 'sku-90',
  parentSku: '381189',
  reason: 'no_reason',
  resolution: 'refund',
  currency: 'EUR',
  quantityRequested: 1,
  ...overrides,
});

/** One item of an authorized push-api `v2/rma`: it knows its customer and its price. */
export const pushApiOpening = (overrides: Partial<OpeningFact> = {}): OpeningFact => {
  const { parentSku, currency, ...rest } = openingFact();
  return { ...rest, family: 'push-api', price: 271, address: address(), ...overrides };
};

/** An `rma-item` that reports the article of `ofReturn` as received. */
export const closingFact = (overrides: Partial<ClosingFact> = {}): ClosingFact => ({
  kind: 'closing',
  family: 'push-api',
  ...ofReturn,
  updatedAt: '2024-03-10T10:00:00.000Z',
  sku: 'sku-90',
  reason: 'no_reason',
  price: 271,
  address: address(),
  ...overrides,
});

/** The header of the RMA of `ofReturn`. */
export const rmaFact = (overrides: Partial<RmaFact> = {}): RmaFact => ({
  kind: 'rma',
  ...ofOrder,
  rmaId: ofReturn.rmaId,
  status: 'authorized',
  receivedAt,
  currency: 'EUR',
  ...overrides,
});

/** A shipment of the order, with two units of `sku-90` for 270 each. */
export const shipmentFact = (overrides: Partial<ShipmentFact> = {}): ShipmentFact => ({
  kind: 'shipment',
  ...ofOrder,
  shipmentId: '000000288',
  status: 'IN_TRANSIT',
  updatedAt: '2024-02-20T15:31:54.000Z',
  currency: 'EUR',
  items: [{ sku: 'sku-90', quantity: 2, price: 270 }],
  address: address(),
  ...overrides,
});

/** The order as it was placed: two units of `sku-90` for 265 each. */
export const salesOrderFact = (overrides: Partial<SalesOrderFact> = {}): SalesOrderFact => ({
  kind: 'sales-order',
  ...ofOrder,
  createdAt: '2024-02-20T15:20:02.000Z',
  updatedAt: '2024-02-20T15:20:02.000Z',
  currency: 'EUR',
  items: [{ sku: 'sku-90', quantity: 2, price: 265 }],
  address: address(),
  ...overrides,
});

/** A track of the shipment of `shipmentFact`. */
export const trackFact = (overrides: Partial<TrackFact> = {}): TrackFact => ({
  kind: 'track',
  ...ofOrder,
  shipmentId: '000000288',
  trackId: 'YT1',
  number: '1Z7E3V556825150AAP',
  carrier: 'ups',
  updatedAt: '2024-02-21T09:00:00.000Z',
  ...overrides,
});

/** A line of a stock-hub credit memo: one unit of `sku-90` for 270, less the fee of its return. */
export const creditMemoFact = (overrides: Partial<CreditMemoFact> = {}): CreditMemoFact => ({
  kind: 'credit-memo',
  ...ofOrder,
  memoId: '000000037',
  lineId: 'sku-90~1',
  family: 'stock-hub',
  status: 'NONE',
  at: '2024-03-14T09:30:00.000Z',
  sku: 'sku-90',
  quantity: 1,
  rowTotal: 270,
  returnFee: 2.95,
  currency: 'EUR',
  reversal: false,
  ...overrides,
});

/** The order that recording these facts one after the other makes. */
export function orderOf(...facts: readonly OrderFact[]): OrderSnapshot {
  const order = emptyOrder(facts[0]?.orderId ?? ofOrder.orderId);
  for (const { kind, content } of mergeFacts(order, facts)) {
    if (kind === 'sales-order') order.salesOrder = content;
    if (kind === 'shipment') order.shipments.push(content);
    if (kind === 'rma') order.rmas.push(content);
    if (kind === 'return') order.returns.push(content);
    if (kind === 'credit-memo') order.creditMemos.push(content);
  }
  return order;
}

/** What IGF reports of a listing once its article has got this far. */
export function atIgf(
  state: 'Listed' | 'Matched' | 'Labelled' | 'Shipped' | 'Completed' | 'Cancelled',
): IgfState {
  const listing = { status: state === 'Listed' ? 'Available' : state, updatedAt: '2024-03-10T09:00:00.000Z' };
  const order = { id: 3, status: state, webshopOrderId: 'WEB-3', updatedAt: '2024-03-10T09:00:00.000Z' };
  const bought = state !== 'Listed' && state !== 'Cancelled';
  return {
    events: [],
    listing: { ...listing, ...(bought && { receiverId: 201 }) },
    ...(bought && { order }),
  };
}

/** The order that these facts make, and its one return, which has got this far. */
export function situation(
  facts: readonly OrderFact[],
  reached: Partial<ReturnItem> = {},
): { order: OrderSnapshot; item: ReturnItem } {
  const recorded = orderOf(...facts);
  const [only, ...others] = recorded.returns;
  if (!only || others.length > 0) throw new Error('A situation has exactly one return.');
  const item = { ...only, ...reached };
  return { order: { ...recorded, returns: [item] }, item };
}

export const policy = (overrides: Partial<Policy> = {}): Policy => ({ ...defaultPolicy, ...overrides });

/** Where the bridge of the notices runs. */
export const deployment = { stage: 'prod', region: 'eu-west-1', table: 'bridge' };

/** A moment after everything that the builders' facts report. */
export const now = '2024-03-11T12:00:00.000Z';

export const context = (overrides: Partial<DecisionContext> = {}): DecisionContext => ({
  policy: policy(),
  now,
  attempt: { eventId: 'event-1', enqueuedAt: '2024-03-11T11:59:00.000Z' },
  ...overrides,
});

/** How an attempt at a delivery ended. */
export const anAttempt = (
  change: Partial<DeliveryAttempt> = {},
  envelope: Partial<Envelope> = {},
): DeliveryAttempt => ({
  orderId: 'order',
  envelope: {
    schema: 1,
    id: 'event',
    webhook: 'stock-hub/v1/rma',
    version: '1.0',
    receivedAt: '2025-03-01T10:00:00.000Z',
    correlationId: 'correlation',
    payload: { first: true },
    ...envelope,
  },
  outcome: 'done',
  enqueuedAt: '2025-03-01T10:00:00.000Z',
  begunAt: '2025-03-01T10:00:00.000Z',
  at: '2025-03-01T10:00:01.000Z',
  ...change,
});
