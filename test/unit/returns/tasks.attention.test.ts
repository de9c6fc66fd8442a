import { decide } from '../../../lib/decide/decide.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { attentionFields, toNotify } from '../../../lib/returns/tasks.ts';
import {
  atIgf,
  context,
  openingFact,
  policy,
  pushApiOpening,
  shipmentFact,
  situation,
} from '../../support/builders.ts';

const before = '2024-03-01T00:00:00.000Z';
const now = '2024-03-02T00:00:00.000Z';
const pay = { attention: 'Pay.', tasks: [{ task: 'refund-due', amount: 5 }] };
const serve = { attention: 'Serve.', tasks: [{ task: 'serve-from-stock' }] };

describe('the attention of a return', () => {
  test('counts from now on when it is new', () => {
    expect(attentionFields({}, pay, now)).toMatchObject({ ...pay, attentionSince: now });
    expect(attentionFields({ ...serve, attentionSince: before }, pay, now).attentionSince).toBe(now);
  });

  test('keeps its time while it stays the same', () => {
    const earlier = { ...pay, attentionSince: before };

    expect(attentionFields(earlier, pay, now)).toMatchObject(earlier);
  });

  test('loses its time when it ends', () => {
    const none = { attention: undefined, attentionSince: undefined, tasks: undefined, notifiedOf: undefined };

    expect(attentionFields({ ...pay, attentionSince: before, notifiedOf: pay.tasks }, {}, now)).toEqual(none);
  });

  test('keeps its time while one of its tasks stays, in whatever words', () => {
    const both = { attention: 'Pay now. Serve.', tasks: [...pay.tasks, ...serve.tasks] };

    expect(attentionFields({ ...pay, attentionSince: before }, both, now)).toMatchObject({
      ...both,
      attentionSince: before,
    });
  });

  test('needs a new notice for a task that ended and came back, and for another amount', () => {
    const notified = attentionFields({ ...pay, notifiedOf: pay.tasks }, pay, now);
    const ended = attentionFields(notified, serve, now);
    const back = attentionFields(ended, pay, now);
    const other = attentionFields(notified, { ...pay, tasks: [{ task: 'refund-due', amount: 6 }] }, now);

    expect([notified, ended, back, other].map((each) => toNotify(each).length)).toEqual([0, 1, 1, 1]);
  });
});

const listed = (igf: IgfState, more: Partial<ReturnItem> = {}): Partial<ReturnItem> => ({
  state: 'Listed',
  listingId: 7,
  igf,
  ...more,
});
const attentionOf = (facts: OrderFact[], reached?: Partial<ReturnItem>, observed = false) => {
  const { order, item } = situation(facts, reached);
  return decide(order, item, context({ policy: policy(observed ? { mode: 'observe' } : {}) })).attention;
};

const matched = atIgf('Matched');
const lost = {
  ...atIgf('Shipped'),
  order: { id: 3, status: 'Cancelled', cancelReason: 'NOT_DELIVERED_BY_CARRIER' },
};
const troubled = shipmentFact({ status: 'EXCEPTION' });

describe('each attention says what to do', () => {
  const refunded = listed({ ...atIgf('Completed'), events: ['REFUND'] });

  test.each<[string, OrderFact[], Partial<ReturnItem>, RegExp]>([
    [
      'refund due',
      [pushApiOpening({ returnFee: 3 })],
      refunded,
      /^Refund due: EUR 268\.00\. Process RMA 000000093/,
    ],
    [
      'a buyer must be served',
      [pushApiOpening()],
      listed({ ...matched, events: ['RETURN_CANCELED'] }),
      /^Serve WEB-3 from stock/,
    ],
    [
      'handed in after all',
      [pushApiOpening()],
      listed({ ...matched, events: ['RETURN_DEADLINE_PASSED', 'SHIPPED'] }),
      /^Handed in after all: stop the replacement/,
    ],
    [
      'parcel lost',
      [pushApiOpening()],
      listed(lost),
      /^Refund due: at most EUR 271\.00 \(the carrier lost the parcel\)\..* Parcel lost: serve order 3 at ItGoesForward from stock/,
    ],
    [
      'closed unrefunded',
      [pushApiOpening({ status: 'denied' })],
      refunded,
      /^Closed unrefunded: at most EUR 271\.00 is still due, .* create a new RMA/,
    ],
    [
      'unknown text',
      [openingFact({ reason: 'mouwen te wijd' }), shipmentFact()],
      {},
      /^Map the text of the reason/,
    ],
    [
      'a problem of the carrier',
      [pushApiOpening(), troubled],
      listed(matched),
      /shipment 000000288: ask the carrier/,
    ],
  ])('%s', (_reason, facts, reached, expected) => {
    expect(attentionOf(facts, reached)).toMatch(expected);
    expect(attentionOf(facts, reached, true)).toMatch(expected);
  });
});

describe('a shipment that the carrier reports a problem with', () => {
  test('needs no attention once the return has ended', () => {
    const cancelled = listed({ ...atIgf('Cancelled'), events: ['RETURN_CANCELED'] }, { state: 'Cancelled' });

    expect(attentionOf([pushApiOpening(), troubled], cancelled)).toBeUndefined();
    expect(attentionOf([pushApiOpening({ status: 'denied' }), troubled])).toBeUndefined();
    expect(attentionOf([pushApiOpening({ reason: 'broken' }), troubled])).toBeUndefined();
  });

  test('concerns only the returns of its own articles', () => {
    const other = shipmentFact({ status: 'EXCEPTION', items: [{ sku: 'sku-91' }] });

    expect(attentionOf([pushApiOpening(), other], listed(matched))).toBeUndefined();
  });

  test('needs no attention any more when the carrier goes on', () => {
    const facts = [pushApiOpening(), troubled, shipmentFact({ status: 'DELIVERED' })];

    expect(attentionOf(facts, listed(matched, { attention: 'The carrier …' }))).toBeUndefined();
  });

  test('comes after what is more urgent', () => {
    expect(attentionOf([pushApiOpening(), troubled], listed(lost))).toMatch(
      /Parcel lost.*The carrier reports/,
    );
  });
});
