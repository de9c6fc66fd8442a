import fc from 'fast-check';
import { rmaStatuses } from '../../lib/facts/vendor-terms.ts';
import { type Happening, replies, unmappedText } from './life.ts';

/** A random life of an order, of one family or of both. */
export interface RandomLife {
  readonly policy: Readonly<Record<string, unknown>>;
  readonly happenings: readonly Happening[];
}

const oneOf = fc.constantFrom;
/** The usual value most of the time. */
const usually = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: oneOf(...others) });

const status = usually('authorized', ...rmaStatuses, 'RETURN_LATE');
const reason = usually<string>('Te klein', 'Te groot', 'Beschadigd', unmappedText);
const resolution = usually('Terugbetalen', 'Ruilen');

const stockHubItem = (id: number) =>
  fc.record({
    id: fc.constant(id),
    status,
    reason,
    resolution,
    qty_requested: usually<number | null>(1, 0, 2, null),
    qty_approved: usually<number | null>(null, 0, 1),
    qty_returned: usually<number | null>(null, 1),
  });
const pushApiItem = (rma_item_id: string) =>
  fc.record({ rma_item_id: fc.constant(rma_item_id), reason, resolution, price: usually(120, 100, 0) });

/** One item, or two. */
const items = <T>(first: fc.Arbitrary<T>, second: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 4, arbitrary: fc.tuple(first) }, { weight: 1, arbitrary: fc.tuple(first, second) });

const dateReceived = usually<string | null>(null, '2024-03-20T10:00:00.000+00:00');
const track = usually<unknown>(null, { tracking_number: '1Z1', carrier: 'ups' });

const shipment = fc.record({
  post: fc.constant('shipment' as const),
  header: fc.record({
    status: usually('DELIVERED', 'EXCEPTION', 'READY_FOR_PICKUP', 'IN_TRANSIT'),
    updated_at: oneOf('2024-02-20 15:31:54', '2024-03-12 15:31:54', '2024-03-14 15:31:54'),
  }),
  items: fc.tuple(fc.record({ qty: usually(2, 1, 0), item_price_inc_tax: usually(270, 135, 0) })),
});
const rma = fc.record({
  post: fc.constant('rma' as const),
  header: fc.record({ status, date_received: dateReceived, track }),
  items: items(stockHubItem(1), stockHubItem(2)),
});
const v2Rma = fc.record({
  post: fc.constant('v2Rma' as const),
  header: fc.record({
    status,
    date_received: dateReceived,
    track_number: usually<string | null>(null, '1Z1'),
  }),
  items: items(pushApiItem('A'), pushApiItem('B')),
});
const rmaItem = fc.record({
  post: fc.constant('rmaItem' as const),
  item: fc.record({
    retailer_resolution: oneOf('Terugbetalen', 'Afgewezen', null),
    qty_returned: oneOf('1', null),
  }),
});
const orderItem = fc.record({
  post: fc.constant('orderItem' as const),
  item: fc.record({ status: usually('NONE', 'DEFICIENT', 'CANCELLED', 'FUNDED_BY_PLATFORM') }),
});
const creditMemo = fc.record({
  post: fc.constant('creditMemo' as const),
  header: fc.constant({}),
  items: fc.tuple(fc.record({ reversal: usually(false, true) })),
});

const ofReplies: fc.Arbitrary<Happening> = fc.record({
  replies: fc.array(oneOf(...(Object.keys(replies) as (keyof typeof replies)[])), { maxLength: 4 }),
});

const lifeEvents = ['LABELED', 'SHIPPED', 'COMPLETED', 'REFUND'] as const;
const atIgf = (of: string): fc.Arbitrary<Happening>[] => [
  fc.record({
    igf: oneOf('buy' as const, 'buy' as const, 'UPDATE_LISTING' as const),
    of: fc.constant(of),
    lost: usually(false, true),
  }),
  fc.record({ igf: oneOf(...lifeEvents), of: fc.constant(of), lost: usually(false, true) }),
  fc.record({ igf: oneOf(...lifeEvents), of: fc.constant(of), lost: usually(false, true) }),
  fc.record({
    igf: oneOf('RETURN_CANCELED' as const, 'RETURN_DEADLINE_PASSED' as const),
    of: fc.constant(of),
    lost: usually(false, true),
  }),
  fc.record({
    late: oneOf('RETURN_CANCELED' as const, 'RETURN_DEADLINE_PASSED' as const),
    of: fc.constant(of),
  }),
  fc.record({
    silently: oneOf('lost-parcel', 'ban', 'rejected-order', 'matching-deadline', 'prolonged' as const),
    of: fc.constant(of),
  }),
];

const elsewhere: fc.Arbitrary<Happening>[] = [
  fc.record({ waitingShipment: oneOf('READY_FOR_PICKUP' as const, 'DELIVERED' as const) }),
  fc.record({ operator: oneOf('maps' as const, 'releases' as const, 'answers' as const) }),
  fc.record({ hours: oneOf(1, 1, 25) }),
  fc.record({ hours: oneOf(1, 90) }),
  ofReplies,
];

const happening = {
  'stock-hub': fc.oneof(shipment, rma, rma, creditMemo, ...atIgf('1'), ...atIgf('1'), ...elsewhere),
  'push-api': fc.oneof(v2Rma, v2Rma, rmaItem, orderItem, ...atIgf('A'), ...atIgf('A'), ...elsewhere),
} satisfies Record<string, fc.Arbitrary<Happening>>;

const policy = fc.record({
  forward: oneOf('each-item', 'single-item'),
  mode: usually('live', 'observe'),
  trackedReturns: usually('list', 'hold'),
  checkForwardable: usually('off', 'on'),
  regularReturns: usually('off', 'on'),
  matchShipments: usually('off', 'on', 'suggest'),
});

const usualStart = {
  'stock-hub': [
    { post: 'shipment', header: {}, items: [{ qty: 2 }] },
    { post: 'rma', header: {}, items: [{}] },
  ],
  'push-api': [{ post: 'v2Rma', header: {}, items: [{}] }],
} as const satisfies Record<string, readonly Happening[]>;

const journey = ['buy', ...lifeEvents] as const;

/** The usual start and some of the usual way, or none of it. Some events of IGF are lost. */
const beginning = (family: keyof typeof usualStart, of: string): fc.Arbitrary<Happening[]> =>
  fc.oneof(
    { weight: 1, arbitrary: fc.constant<Happening[]>([]) },
    {
      weight: 4,
      arbitrary: fc
        .tuple(
          fc.array(ofReplies, { maxLength: 1 }),
          fc.nat(journey.length),
          fc.array(usually(false, true), { minLength: 5, maxLength: 5 }),
        )
        .map(([first, length, losses]) => [
          ...first,
          ...usualStart[family].map((each): Happening => ({ ...each, items: [...each.items] })),
          ...journey
            .slice(0, length)
            .map((igf, index): Happening => ({ igf, of, lost: losses[index] ?? false })),
        ]),
    },
  );

const lifeOf = (family: keyof typeof happening, of: string): fc.Arbitrary<RandomLife> =>
  fc
    .record({
      policy,
      begun: beginning(family, of),
      more: fc.array(happening[family] as fc.Arbitrary<Happening>, { minLength: 1, maxLength: 10 }),
    })
    .map(({ policy, begun, more }) => ({ policy, happenings: [...begun, ...more] }));

export const randomLife: fc.Arbitrary<RandomLife> = fc.oneof(
  lifeOf('stock-hub', '1'),
  lifeOf('push-api', 'A'),
);
