import type { Json } from '../support/builders.ts';
import type { Happening } from './life.ts';

/** An ordinary life of an order, with the number of its returns. */
export interface OrdinaryLife {
  readonly what: string;
  /** How many such orders there are. */
  readonly orders: number;
  /** How many returns each of them has. */
  readonly returns: number;
  readonly happenings: readonly Happening[];
}

const days = (count: number): Happening[] => Array.from({ length: count }, () => ({ hours: 24 }));

type Family = 'stock-hub' | 'push-api';

/** The webhooks of a return in one family. */
interface Webhooks {
  /** The name of its item. */
  of: string;
  /** The shipment to the customer, days ago, where the family reports it. */
  sent: Happening[];
  /** The RMA with this status; `item` differs from the usual one. A label of the warehouse is made with it. */
  rma(status: string, item?: Json): Happening;
  /** The RMA of two items with this status. */
  rmaOfTwo(status: string): Happening;
  /** Winkelstraat paid the customer. */
  memo: Happening;
}

const webhooks: Record<Family, Webhooks> = {
  'stock-hub': {
    of: '1',
    sent: [{ post: 'shipment', header: {}, items: [{}, { sku: 'sku-b' }] }],
    rma: (status, item = {}) => ({
      post: 'rma',
      header: { status, track: { tracking_number: '1Z1', carrier: 'ups' } },
      items: [{ status, ...item }],
    }),
    rmaOfTwo: (status) => ({
      post: 'rma',
      header: { status, track: { tracking_number: '1Z1', carrier: 'ups' } },
      items: [{ status }, { id: 2, sku: 'sku-b', status }],
    }),
    memo: { post: 'creditMemo', header: {}, items: [{}] },
  },
  'push-api': {
    of: 'A',
    sent: [],
    rma: (status, item = {}) => ({
      post: 'v2Rma',
      header: { status, track_number: '1Z1', carrier_code: 'ups' },
      items: [item],
    }),
    rmaOfTwo: (status) => ({
      post: 'v2Rma',
      header: { status, track_number: '1Z1', carrier_code: 'ups' },
      items: [{}, { rma_item_id: 'B', sku: 'sku-b' }],
    }),
    memo: { post: 'orderItem', item: {} },
  },
};

/**
 * One hundred ordinary returns of one family. All are authorized with a track. A third is listed, and most of those are
 * sold, labelled, shipped, completed and refunded. The merchant approves or closes them, and Winkelstraat pays with a
 * credit memo.
 */
export function ordinaryLives(family: Family): OrdinaryLife[] {
  const { of, sent, rma, rmaOfTwo, memo } = webhooks[family];
  const listed = [...sent, rma('pending'), ...days(1), rma('authorized'), ...days(2)];
  const shipped: Happening[] = [
    ...listed,
    { igf: 'buy', of },
    ...days(1),
    { igf: 'LABELED', of },
    ...days(1),
    { igf: 'SHIPPED', of },
    ...days(2),
  ];
  const arrived: Happening[] = [...shipped, { igf: 'COMPLETED', of }, ...days(1)];
  const refunded: Happening[] = [...arrived, ...days(2), { igf: 'REFUND', of }, ...days(1)];
  const normalWay = (start: Happening[], again: (status: string) => Happening): Happening[] => [
    ...start,
    ...days(4),
    again('received'),
    ...days(1),
    again('approved'),
    memo,
    again('processed_closed'),
    ...days(2),
  ];
  const article = (item: Json): Happening[] => [...sent, rma('authorized', item)];
  return [
    {
      what: 'forwarded, approved after the refund was announced, credit memo',
      orders: 10,
      returns: 1,
      happenings: [...refunded, rma('approved'), memo, rma('processed_closed')],
    },
    {
      what: 'forwarded, approved after it arrived, credit memo',
      orders: 10,
      returns: 1,
      happenings: [
        ...arrived,
        rma('approved'),
        memo,
        ...days(2),
        { igf: 'REFUND', of },
        ...days(1),
        rma('processed_closed'),
      ],
    },
    {
      what: 'forwarded, closed because nothing came back, credit memo',
      orders: 6,
      returns: 1,
      happenings: [...refunded, rma('closed'), ...days(1), memo, ...days(1)],
    },
    {
      what: 'listed, and nobody bought it',
      orders: 4,
      returns: 1,
      happenings: normalWay([...listed, { silently: 'matching-deadline', of }, ...days(1)], rma),
    },
    {
      what: 'listed, and sent to the warehouse while it was on sale',
      orders: 3,
      returns: 1,
      happenings: normalWay(listed, rma),
    },
    {
      what: 'of an RMA with two items',
      orders: 12,
      returns: 2,
      happenings: normalWay([...sent, rmaOfTwo('authorized')], rmaOfTwo),
    },
    {
      what: 'damaged',
      orders: 15,
      returns: 1,
      happenings: normalWay(article({ reason: 'Beschadigd' }), rma),
    },
    {
      what: 'the wrong article',
      orders: 8,
      returns: 1,
      happenings: normalWay(article({ reason: 'Verkeerd artikel ontvangen' }), rma),
    },
    {
      what: 'exchanged',
      orders: 10,
      returns: 1,
      happenings: normalWay(article({ resolution: 'Ruilen' }), rma),
    },
    {
      what: 'denied',
      orders: 5,
      returns: 1,
      happenings: [...sent, rma('pending'), ...days(1), rma('denied'), ...days(1)],
    },
    {
      what: 'closed, because the customer sent nothing',
      orders: 5,
      returns: 1,
      happenings: [...article({ reason: 'Beschadigd' }), ...days(14), rma('closed'), ...days(1)],
    },
  ];
}
