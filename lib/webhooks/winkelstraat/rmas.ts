import * as z from 'zod/mini';
import type { ClosingFact, OpeningFact, RmaFact } from '../../facts/facts.ts';
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import {
  type CountedList,
  countedList,
  type NamedFields,
  object,
  optional,
  reader,
  readInto,
  renamed,
  single,
} from '../fields.ts';
import { PushApiAddress } from './addresses.ts';
import {
  amount,
  dateTime,
  documentNumber,
  identifier,
  numericIdentifier,
  quantity,
  rmaStatus,
  stockHubDocument,
  stockHubTrack,
  text,
} from './fields.ts';
import { winkelstraatWebhook } from './webhook.ts';

/** The body of an RMA. A status that ends the whole RMA needs no item, because it says enough about each known one. */
const rmaBody = <Header extends NamedFields, Item extends z.ZodMiniType>(header: Header, item: Item) => {
  const withItems = (atLeast: 0 | 1) =>
    renamed({ ...header, reported: ['status', rmaStatus], items: ['items', countedList(item, atLeast)] });
  const open = withItems(1);
  let ended: typeof open | undefined;
  return reader(
    (value, context): z.output<typeof open> => {
      const { status } = z.safeParse(rmaStatus, Object(single(value)).status).data ?? {};
      if (!status || !endsWholeRma(status)) return readInto(open, value, context);
      ended ??= withItems(0);
      return readInto(ended, value, context);
    },
    { of: open },
  );
};

/** What a body says of the number of its items. Without any it says nothing of them. */
const countItems = ({
  usable,
  unusable,
}: CountedList<{ itemId: string }>): Pick<RmaFact, 'itemIds' | 'unusableItems'> =>
  usable.length + unusable === 0
    ? {}
    : { itemIds: [...new Set(usable.map(({ itemId }) => itemId))], unusableItems: unusable };

/** "RMA created or changed", as documented in Winkelstraat's Stock Hub 1.0.0. */
export const stockHubV1Rma = /* @__PURE__ */ winkelstraatWebhook(
  'stock-hub/v1/rma',
  () =>
    rmaBody(
      {
        rmaId: ['increment_id', documentNumber],
        requestedAt: ['date_requested', optional(dateTime)],
        arrivedAt: ['date_received', optional(dateTime)],
        ...stockHubDocument,
        track: ['track', optional(stockHubTrack)],
      },
      renamed({
        itemId: ['id', numericIdentifier],
        sku: ['sku', identifier],
        reported: ['status', optional(rmaStatus)],
        resolution: ['resolution', optional(text)],
        reason: ['reason', optional(text)],
        quantityRequested: ['qty_requested', optional(quantity)],
        quantityApproved: ['qty_approved', optional(quantity)],
        quantityReturned: ['qty_returned', optional(quantity)],
        size: ['size', optional(text)],
        mpn: ['mpn', optional(text)],
        reference: ['merchant_product_reference', optional(text)],
        merchantResolution: ['merchant_resolution', optional(text)],
        parentSku: ['parent_sku', optional(text)],
        returnFee: ['item_return_fee', optional(amount)],
        rowReturnFee: ['row_line_return_fee', optional(amount)],
        // Not in the document. Read where it is sent, because push-api items have one.
        condition: ['condition', optional(text)],
      }),
    ),
  (rma, receivedAt): (RmaFact | OpeningFact)[] => {
    const { orderId, rmaId, currency, purchaseOrder, reported, items, ...header } = rma;
    const common = { family: 'stock-hub' as const, orderId, rmaId, receivedAt, currency, ...purchaseOrder };
    return [
      { kind: 'rma', ...common, ...header, ...reported, ...countItems(items) },
      ...items.usable.map(
        ({ reported: ofItem, ...item }): OpeningFact => ({
          kind: 'opening',
          ...common,
          ...item,
          ...ofItem,
          rmaStatus: reported.status,
        }),
      ),
    ];
  },
);

/** What push-api says of an article. The document of the webhook that opens a return has no condition. */
const article = () =>
  ({
    itemId: ['rma_item_id', identifier],
    sku: ['sku', identifier],
    reference: ['reference', optional(text)],
    articleNumber: ['article_number', optional(text)],
    size: ['size', optional(text)],
    resolution: ['resolution', optional(text)],
    reason: ['reason', optional(text)],
    price: ['price', optional(amount)],
    condition: ['condition', optional(text)],
  }) as const satisfies NamedFields;

/**
 * "RMA created, track added, or status changed", push-api version 2: it opens a return. Items have no status of their
 * own, only the header's. Each is one unit.
 */
export const pushApiV2Rma = /* @__PURE__ */ winkelstraatWebhook(
  'push-api/v2/rma',
  () =>
    rmaBody(
      {
        rmaId: ['rma_id', documentNumber],
        arrivedAt: ['date_received', optional(dateTime)],
        requestedAt: ['date_requested', optional(dateTime)],
        number: ['track_number', optional(text)],
        carrier: ['carrier_code', optional(text)],
        order: [
          'order',
          renamed({ orderId: ['order_id', documentNumber], address: ['address', optional(PushApiAddress)] }),
        ],
      },
      renamed(article()),
    ),
  (rma, receivedAt): (RmaFact | OpeningFact)[] => {
    const { rmaId, order, number, carrier, reported, items, ...header } = rma;
    const common = { family: 'push-api' as const, orderId: order.orderId, rmaId, receivedAt };
    const track = number ? { number, carrier } : undefined;
    return [
      { kind: 'rma', ...common, ...header, track, ...reported, ...countItems(items) },
      ...items.usable.map(
        (item): OpeningFact => ({
          kind: 'opening',
          ...common,
          ...item,
          rmaStatus: reported.status,
          address: order.address,
          quantityRequested: 1,
        }),
      ),
    ];
  },
);

/**
 * "Items received by the merchant, or the RMA request closed", push-api versions 1 (2.1.0 of the document) and 2, which
 * lacks fields that are not read. The header has no status: it shows that the RMA is of push-api.
 */
// @__NO_SIDE_EFFECTS__
const pushApiRmaItem = (version: 1 | 2) =>
  winkelstraatWebhook(
    `push-api/v${version}/rma-item`,
    () =>
      object({
        rma: renamed({
          rmaId: ['rma_id', documentNumber],
          arrivedAt: ['date_received', optional(dateTime)],
          requestedAt: ['date_requested', optional(dateTime)],
        }),
        order: renamed({
          orderId: ['order_id', documentNumber],
          address: ['shipping_address', optional(PushApiAddress)],
        }),
        rma_item: renamed({
          ...article(),
          // The document calls it a text, but it is a count.
          quantityReturned: ['qty_returned', optional(quantity, { type: 'string' })],
          merchantResolution: ['retailer_resolution', optional(text)],
          updatedAt: ['updated_at', optional(dateTime)],
        }),
      }),
    ({ rma, order, rma_item: item }, receivedAt): (RmaFact | ClosingFact)[] => {
      const common = { family: 'push-api' as const, orderId: order.orderId, ...rma };
      return [
        { kind: 'rma', ...common, receivedAt },
        {
          kind: 'closing',
          ...common,
          ...item,
          updatedAt: item.updatedAt ?? receivedAt,
          address: order.address,
        },
      ];
    },
  );

export const pushApiV1RmaItem = pushApiRmaItem(1);
export const pushApiV2RmaItem = pushApiRmaItem(2);
