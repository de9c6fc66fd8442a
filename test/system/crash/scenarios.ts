import type { Policy } from '../../../lib/config/policy.ts';
import { claimLeaseSeconds, visibilityTimeoutSeconds } from '../../../lib/config/timing.ts';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { mappingOf, putMapping } from '../../../lib/table/term-mappings.ts';
import { advanceOrder } from '../../../lib/webhooks/envelope.ts';
import { type Delivery, order, rma, rmaItem, shipment, sku, v2Rma } from '../../support/webhooks.ts';
import type { CrashWorld } from './crash-world.ts';
import type { SenderName } from './queues.ts';

/** A message, what happened before it, and what must be true once it is acknowledged. */
export interface CrashScenario {
  readonly name: string;
  readonly sender: SenderName;
  readonly policy?: Partial<Policy>;
  /** Happens before the message. */
  prepare?(crash: CrashWorld): Promise<void>;
  message(crash: CrashWorld): Promise<Delivery>;
  /** The attempt that is killed: the first, unless earlier ones must fail in another way. */
  readonly attempt?: number;
  /** A call that IGF refuses changes nothing there: after a crash it may be made, and refused, once more. */
  readonly refused?: string;
  /**
   * Attributes that depend on the way, and not on the outcome. An earlier reason (`why`) may be more specific. After a crash
   * another rule (`rule`) may find the work done.
   */
  readonly mayDiffer?: readonly ('why' | 'rule')[];
  readonly end: {
    /** State of each return of the order. */
    readonly states: string[];
    /** Statuses of every listing at IGF. */
    readonly listings: string[];
    /** Every call that changes something at IGF, in order. */
    readonly changes: string[];
    /** How many notices were published: a crash may double one. */
    readonly notices?: number;
    /** How many messages are in the DLQ: a crash may park one twice, and readers count by event id. */
    readonly parked?: number;
  };
}

const buyersOrder = '000000777';
const label = '3SDEVC676401291';
const buyersShipment = (header: object): Delivery =>
  shipment({ increment_id: '000000401', order_increment_id: buyersOrder, ...header }, { sku });
const warehouse = {
  name: 'Central',
  street: 'Kade',
  houseNumber: '1',
  city: 'Ede',
  postalCode: '6711 AA',
  countryCode: 'NL',
};

const listed = (policy: Partial<Policy> = {}) => ({
  // The request of the vendor's sample is so old that its refund would be overdue.
  prepare: (crash: CrashWorld) =>
    crash.takes('winkelstraat', policy, shipment(), rma({ date_requested: null })),
});
const buy = ({ world: { igf } }: CrashWorld) =>
  igf.happens('/orders', { listingId: 1, webshopOrderId: buyersOrder });
const happens = ({ world: { igf } }: CrashWorld, eventType: string) =>
  igf.happens('/events', { eventType, listingId: 1 });
const seen = async ({ world: { igf } }: CrashWorld, webhook: string, path: string): Promise<Delivery> => ({
  webhook,
  payload: await igf.see(path),
});

/** A listed return whose article got as far as the last of these events. All webhooks came but the last. */
const forwarded = (...events: string[]) => ({
  prepare: async (crash: CrashWorld): Promise<void> => {
    await listed().prepare(crash);
    await buy(crash);
    for (const [index, event] of events.entries()) {
      if (index > 0) {
        const webhook = `v1/${String(events[index - 1]).toLowerCase()}`;
        await crash.takes('igf', {}, await seen(crash, webhook, '/shipments/1'));
      }
      await happens(crash, event);
    }
  },
});

const listing = ['POST /listings'];
const cancellation = [...listing, 'PUT /listings/cancel/1'];

export const crashScenarios: readonly CrashScenario[] = [
  {
    name: 'the first shipment of an order',
    sender: 'winkelstraat',
    message: async () => shipment(),
    end: { states: [], listings: [], changes: [] },
  },
  {
    name: 'an RMA that is listed',
    sender: 'winkelstraat',
    prepare: (crash) => crash.takes('winkelstraat', {}, shipment()),
    message: async () => rma(),
    end: { states: ['Listed'], listings: ['Available'], changes: listing },
  },
  {
    name: 'a shipment for which its RMA has waited',
    sender: 'winkelstraat',
    prepare: (crash) => crash.takes('winkelstraat', {}, rma()),
    message: async () => shipment(),
    end: { states: ['Listed'], listings: ['Available'], changes: listing },
  },
  {
    name: 'a later attempt, which adopts what the first has listed without an answer',
    sender: 'winkelstraat',
    prepare: async (crash) => {
      await crash.takes('winkelstraat', {}, shipment());
      await crash.world.igf.fault({ operation: 'POST /listings', afterCommit: true });
    },
    message: async () => rma(),
    // The attempts before it find the claim.
    attempt: 1 + Math.ceil(claimLeaseSeconds / visibilityTimeoutSeconds),
    end: { states: ['Listed'], listings: ['Available'], changes: listing },
  },
  {
    name: 'an RMA whose listing IGF does not answer at first',
    sender: 'winkelstraat',
    prepare: async (crash) => {
      await crash.takes('winkelstraat', {}, shipment());
      await crash.world.igf.fault({ operation: 'POST /listings', status: 429 });
    },
    message: async () => rma(),
    end: { states: ['Listed'], listings: ['Available'], changes: [...listing, ...listing] },
  },
  {
    name: 'an RMA whose listing IGF refuses for good',
    sender: 'winkelstraat',
    prepare: async (crash) => {
      await crash.takes('winkelstraat', {}, shipment());
      await crash.world.igf.fault({ operation: 'POST /listings', status: 400, times: 100 });
    },
    message: async () => rma(),
    refused: 'POST /listings',
    end: { states: ['Listing'], listings: [], changes: listing, notices: 1, parked: 1 },
  },
  {
    name: 'a message that is unreadable',
    sender: 'winkelstraat',
    message: async () => ({ webhook: 'stock-hub/v1/rma', payload: { items: 'none' } }),
    end: { states: [], listings: [], changes: [], parked: 1 },
  },
  {
    name: 'an RMA that ended, whose listing is cancelled',
    sender: 'winkelstraat',
    ...listed(),
    message: async () => rma({ status: 'denied' }),
    end: { states: ['Cancelled'], listings: ['Cancelled'], changes: cancellation },
  },
  {
    name: 'an rma-item that closes its return',
    sender: 'winkelstraat',
    prepare: (crash) => crash.takes('winkelstraat', {}, v2Rma()),
    message: async () => rmaItem(),
    end: { states: ['Cancelled'], listings: ['Cancelled'], changes: cancellation },
  },
  {
    name: 'an RMA that needs attention',
    sender: 'winkelstraat',
    message: async () => rma({}, { status: 'goedgekeurd' }),
    end: { states: ['Requested'], listings: [], changes: [], notices: 1 },
  },
  {
    name: 'an RMA with an unmapped text',
    sender: 'winkelstraat',
    prepare: (crash) => crash.takes('winkelstraat', {}, shipment()),
    message: async () => rma({}, { reason: 'mouwen te wijd' }),
    end: { states: ['NeedsMapping'], listings: [], changes: [], notices: 1 },
  },
  {
    name: 'a return that is released by a mapping of its text',
    sender: 'winkelstraat',
    prepare: async (crash) => {
      await crash.takes('winkelstraat', {}, shipment(), rma({}, { reason: 'mouwen te wijd' }));
      const mapping = mappingOf('reason', 'mouwen te wijd', 'too_big');
      if (!mapping) throw new Error('The text can not be mapped.');
      await putMapping(tableItems(crash.world.dynamodb, crash.stack.table), mapping, {
        at: new Date().toISOString(),
      });
    },
    message: async () => ({ webhook: advanceOrder.name, payload: { orderId: order, cause: 'mapped' } }),
    end: { states: ['Listed'], listings: ['Available'], changes: listing, notices: 1 },
  },
  {
    name: 'a return that becomes a regular one',
    mayDiffer: ['rule'],
    sender: 'winkelstraat',
    policy: { regularReturns: 'on' },
    prepare: async (crash) => {
      await crash.world.igf.does('POST', '/warehouse', warehouse);
      await crash.takes('winkelstraat', { regularReturns: 'on' }, shipment());
    },
    message: async () => rma({}, { reason: 'broken' }),
    end: { states: ['NotForwardable'], listings: [], changes: ['POST /returns'] },
  },
  {
    name: 'a shipment that is served by a listed return',
    mayDiffer: ['why'],
    sender: 'winkelstraat',
    policy: { matchShipments: 'on' },
    ...listed({ matchShipments: 'on' }),
    message: async () => {
      const buyer = { ...Object(shipment().payload.shipping_address), email: 'buyer@example.com' };
      return buyersShipment({
        status: 'READY_FOR_PICKUP',
        collected_at: null,
        track: null,
        shipping_address: { ...buyer, house_number: '99' },
      });
    },
    end: {
      states: ['Matched'],
      listings: ['Matched'],
      changes: [...listing, 'POST /orders/commit', 'POST /orders/finalize/1'],
      notices: 1,
    },
  },
  {
    name: 'a delivered shipment that completes a forwarding',
    mayDiffer: ['rule'],
    sender: 'winkelstraat',
    prepare: async (crash) => {
      await forwarded('LABELED').prepare(crash);
      await crash.takes('igf', {}, await seen(crash, 'v1/labeled', '/shipments/1'));
    },
    message: async () =>
      buyersShipment({
        status: 'DELIVERED',
        delivered_at: '2024-06-01 10:00:00',
        updated_at: '2024-06-01 10:00:00',
        track: { tracking_number: label, carrier: 'postnl' },
      }),
    end: {
      states: ['Completed'],
      listings: ['Completed'],
      changes: [...listing, 'PUT /shipments/1/delivered'],
    },
  },
  {
    name: 'an event that a listing is bought',
    sender: 'igf',
    prepare: async (crash) => {
      await listed().prepare(crash);
      await buy(crash);
    },
    message: (crash) => seen(crash, 'v1/update-listing', '/listings/1'),
    end: { states: ['Matched'], listings: ['Matched'], changes: listing },
  },
  ...(['LABELED', 'SHIPPED', 'COMPLETED'] as const).map((event, index, all): CrashScenario => {
    const state = ['Labelled', 'Shipped', 'Completed'][index] ?? '';
    return {
      name: `the event ${event}`,
      sender: 'igf',
      ...forwarded(...all.slice(0, index + 1)),
      message: (crash) => seen(crash, `v1/${event.toLowerCase()}`, '/shipments/1'),
      end: { states: [state], listings: [state], changes: listing },
    };
  }),
  {
    name: 'the event REFUND',
    sender: 'igf',
    ...forwarded('LABELED', 'SHIPPED', 'COMPLETED'),
    message: async ({ world: { igf } }) => ({
      webhook: 'v1/refund',
      payload: [await igf.see('/shipments/1')] as unknown as Delivery['payload'],
    }),
    end: { states: ['Completed'], listings: ['Completed'], changes: listing, notices: 1 },
  },
  {
    name: 'the event RETURN_CANCELED of a return that was bought',
    sender: 'igf',
    prepare: async (crash) => {
      await forwarded('LABELED').prepare(crash);
      await crash.takes('igf', {}, await seen(crash, 'v1/labeled', '/shipments/1'));
      await happens(crash, 'RETURN_CANCELED');
    },
    message: (crash) => seen(crash, 'v1/return-canceled', '/listings/1'),
    end: { states: ['Cancelled'], listings: ['Cancelled'], changes: listing, notices: 1 },
  },
  {
    name: 'an event whose listing is not known yet',
    sender: 'igf',
    prepare: async (crash) => {
      await crash.world.igf.list({
        sku: 'another',
        productId: 'another',
        listingWebshopOrderId: 'another',
        returnReason: 'no_reason',
        originalPrice: 1,
        customer: {
          email: 'somebody@else.example',
          lastName: 'Else',
          address: { street: 'Straat', houseNr: '1', city: 'Stad', postalCode: '1234AB', country: 'NL' },
        },
      });
    },
    message: (crash) => seen(crash, 'v1/add-listing', '/listings/1'),
    end: { states: [], listings: ['Available'], changes: [] },
  },
];
