import { creditMemo, rma, shipment } from '../support/webhooks.ts';
import { doneCommand, reconciler, rejected, webhook } from './actors.ts';
import { eachReturn, endsAs, listsUnits, matches, notifies, reaches } from './invariants.ts';
import * as past from './past.ts';
import type { Scenario } from './scenario.ts';

const another = rma({ increment_id: '000000094' }, { id: 91 });
const denied = rma({ status: 'denied' }, { status: 'denied' });
const unmapped = rma({}, { reason: 'mouwen te wijd' });
const theRma = webhook(rma());
const theDenial = webhook(denied);
const theUnmapped = webhook(unmapped);
const theDelivery = webhook(past.deliveredToBuyer);
const noForwarding = webhook(rma({}, { qty_requested: 2 }));
const { sold } = past;

/** Each protocol, with what several processes do at once. */
export const scenarios: Readonly<Record<string, Scenario>> = {
  list: {
    title: 'the same RMA twice',
    before: past.shipped,
    actors: [theRma, theRma],
    holds: endsAs('Listed'),
  },
  complete: {
    title: 'an RMA, and the shipment that it waits for',
    actors: [theRma, webhook(shipment())],
    holds: endsAs('Listed'),
  },
  cancel: {
    title: 'a listed return is denied, and its message comes twice',
    before: past.listed,
    actors: [theDenial, theDenial],
    holds: endsAs('Cancelled'),
  },
  units: {
    title: 'two RMAs for one unit: a new one, which comes first in the order, and a known one',
    before: async ({ world, works }) => {
      world.policy = { ...world.policy, mode: 'observe' };
      await works(shipment({}, { qty: 1 }), another);
      world.policy = { ...world.policy, mode: 'live' };
    },
    actors: [webhook(another), theRma],
    bounds: { preemptions: 2 },
    holds: listsUnits(1),
  },
  done: {
    title: 'a person types npx bridge done about a due refund, while its credit memo comes',
    before: past.refundDue,
    actors: [doneCommand(past.theReturn, 'an operator', 2), past.advanceOrder, webhook(creditMemo())],
    holds: [
      ...reaches('Settled'),
      // Two people may do it. What one of them did is stored once.
      eachReturn(
        'has an answer twice',
        ({ answers = [] }) => new Set(answers.map(({ at }) => at)).size === answers.length,
      ),
    ],
  },
  deny: {
    title: 'a return is authorized and denied',
    before: past.shipped,
    actors: [theRma, theDenial],
    holds: endsAs('Cancelled', 'Closed'),
  },
  withdrawn: {
    title: 'the customer cancels at IGF while the merchant denies the return',
    before: async (stage) => {
      await past.listed(stage);
      stage.world.life.happens('RETURN_CANCELED', 7);
    },
    actors: [theDenial, webhook(past.cancelledByCustomer)],
    holds: reaches('Cancelled'),
  },
  outlived: {
    title: 'two workers with the same RMA run on when their claims have ended',
    before: past.shipped,
    actors: [theRma, theRma],
    bounds: { crashes: 0, lostAnswers: 0, turnedAway: 1, lateCommits: 1, outlived: 1, preemptions: 2 },
    holds: endsAs('Listed'),
  },
  refuse: {
    title: 'IGF refuses a call of a return that is authorized and denied; its message is redriven',
    before: past.shipped,
    actors: [theRma, theDenial],
    bounds: { refusals: 1, preemptions: 1 },
    holds: endsAs('Cancelled', 'Closed'),
  },
  check: {
    title: 'IGF is asked first whether it takes the article, and the RMA comes twice',
    policy: { checkForwardable: 'on' },
    before: past.shipped,
    actors: [theRma, theRma],
    holds: endsAs('Listed'),
  },
  'regular-return': {
    title: 'an RMA that becomes a regular return comes twice',
    policy: { regularReturns: 'on' },
    before: past.shipped,
    actors: [noForwarding, noForwarding],
    holds: reaches('NotForwardable'),
  },
  match: {
    title: 'two shipments of other orders could be served by a listed article',
    policy: { matchShipments: 'on' },
    before: past.listed,
    actors: [webhook(past.waitingFor('one')), webhook(past.waitingFor('two'))],
    bounds: { preemptions: 1 },
    holds: [matches],
  },
  place: {
    title: 'a shipment of another order could be served, and calls fail',
    policy: { matchShipments: 'on' },
    before: past.listed,
    actors: [webhook(past.waitingFor('one'))],
    bounds: { workers: 1, lostAnswers: 0, turnedAway: 1 },
    holds: [matches],
  },
  collected: {
    title: 'a shipment that a listed article could serve is collected meanwhile',
    policy: { matchShipments: 'on' },
    before: past.listed,
    actors: [webhook(past.waitingFor('one')), webhook(past.waitingFor('one', '2024-03-11 11:59:00'))],
    bounds: { preemptions: 1 },
    holds: reaches('Listed', 'Matched'),
  },
  notice: {
    title: 'two returns need the mapping of one text',
    before: past.shipped,
    actors: [theUnmapped, webhook(rma({ increment_id: '000000094' }, { id: 91, reason: 'mouwen te wijd' }))],
    holds: [...reaches('NeedsMapping'), ...notifies(1)],
  },
  quarantine: {
    title: 'a rejected delivery, which SQS hands over again, and its repetition',
    actors: [rejected(past.rejection('delivery-1')), rejected(past.rejection('delivery-2'))],
    holds: [
      (world) => {
        const counted = [...world.rejected.values()].map(({ deliveries }) => deliveries);
        return counted.join() === '2' ? [] : [`${counted.join()} deliveries are counted of 2`];
      },
    ],
  },
  waiting: {
    title: 'an event of a listing comes while it is listed',
    before: past.shipped,
    actors: [theRma, webhook(past.updated, { when: ({ listings }) => listings.length > 0 })],
    holds: [
      ...endsAs('Listed'),
      eachReturn('has lost the event', ({ igf }) => igf?.listing?.updatedAt === past.updatedAt),
    ],
  },
  adopted: {
    title: 'an event of a shipment waits for its listing, whose answer was lost in a crash',
    before: past.soldBeforeStored,
    actors: [theRma, webhook(sold.labelled)],
    holds: [...reaches('Labelled'), eachReturn('has no pointer to its shipment', isLabelled)],
  },
  events: {
    title: 'two events of a sold listing, of which no event has come',
    before: async (stage) => {
      await past.listed(stage);
      past.sells(stage, 'LABELED', 'SHIPPED');
    },
    actors: [webhook(sold.bought), webhook(sold.shipped)],
    bounds: { preemptions: 2 },
    holds: reaches('Shipped'),
  },
  delivered: {
    title: "Winkelstraat reports the buyer's parcel as delivered, twice",
    before: past.underway,
    actors: [theDelivery, theDelivery],
    holds: [
      ...reaches('Completed'),
      eachReturn('is not known as set delivered', ({ setDelivered }) => setDelivered === 1),
    ],
  },
  settle: {
    title: "IGF's refund and the credit memo come at once",
    before: past.completed,
    actors: [webhook(sold.refund), webhook(creditMemo())],
    holds: reaches('Settled'),
  },
  deadline: {
    title: 'an article is bought and never handed in, and both events come at once',
    before: async (stage) => {
      await past.listed(stage);
      past.sells(stage, 'RETURN_DEADLINE_PASSED');
    },
    actors: [webhook(sold.bought), webhook(sold.deadlinePassed)],
    holds: reaches('DeadlinePassed'),
  },
  poll: {
    title: 'the reconciler polls a listing that nobody bought, while its RMA comes again',
    before: past.unsold,
    actors: [reconciler, theRma],
    holds: reaches('Unmatched'),
  },
};

function isLabelled({
  igfShipmentId,
  igfOrderId,
}: {
  igfShipmentId?: number | undefined;
  igfOrderId?: number | undefined;
}) {
  return igfShipmentId === 1 && igfOrderId === 1;
}
