import type { ClosingFact, OrderFact } from '../../../lib/facts/facts.ts';
import type { RmaStatus } from '../../../lib/facts/vendor-terms.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import type { Answer, ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf, closingFact, rmaFact, shipmentFact } from '../../support/builders.ts';
import { decideOn } from '../../support/decisions.ts';
import { decided, memoOf, merchant, reseller, tasks } from './handed-in.ts';

const header = (status: RmaStatus, itemIds = ['90']) => rmaFact({ family: 'push-api', status, itemIds });

describe('a due refund', () => {
  test('of a reseller names its customer, its order and the purchase order', () => {
    expect(decided(reseller())).toMatchObject({
      attention: 'Refund due: EUR 267.05. Refund your customer (order 000000549, PO P1).',
      tasks: [{ task: 'refund-due', amount: 267.05 }],
      refundDue: true,
    });
  });

  test('of a merchant names its RMA, and is at most the price', () => {
    expect(decided(merchant()).attention).toMatch(
      /^Refund due: at most EUR 271\.00\. Process RMA 000000093 at Winkelstraat; do not restock/,
    );
  });

  test('is the first sentence although the forwarding had ended, and settles then too', () => {
    const late = {
      events: ['RETURN_DEADLINE_PASSED', 'SHIPPED', 'COMPLETED', 'REFUND'] as IgfState['events'],
    };
    const reached = { state: 'DeadlinePassed' } as const;

    expect(tasks(decided(reseller(), late, reached))).toEqual(['refund-due', 'handed-in-after-all']);
    expect(decided(reseller(), late, reached).attention).toMatch(
      /^Refund due: EUR 267\.05 \(handed in after its deadline\)\./,
    );
    expect(decided(reseller({ status: 'approved' }), late, reached)).toMatchObject({
      state: 'Settled',
      attention: undefined,
    });
  });

  test('comes at once when the carrier lost the parcel, and the buyer is served beside it', () => {
    const lost = { ...atIgf('Shipped'), order: { id: 3, cancelReason: 'NOT_DELIVERED_BY_CARRIER' } };

    expect(decided(reseller(), { ...lost, events: ['SHIPPED'] }, { state: 'Shipped' })).toMatchObject({
      state: 'Shipped',
      refundDue: true,
      tasks: [{ task: 'refund-due', amount: 267.05 }, { task: 'parcel-lost' }],
    });
    expect(decided(merchant(), lost, { state: 'Shipped' }).attention).toContain(': the carrier lost it.');
    expect(decided(merchant()).attention).toContain(': it went to another buyer.');
    const closed = rmaFact({ status: 'processed_closed', itemIds: ['90'] });
    expect(decided([...reseller(), closed], lost, { state: 'Shipped' }).state).toBe('Settled');
  });

  test('says that the charge and the price are doubtful', () => {
    const other = shipmentFact({ shipmentId: '2', items: [{ sku: 'sku-90', quantity: 1, price: 135 }] });
    const { attention } = decided([...reseller({ reason: 'Meer bezorgd dan besteld' }), other]);

    expect(attention).toMatch(/^Refund due: EUR 132\.05\./);
    expect(attention).toContain('Check that it was charged: it was delivered in excess.');
    expect(attention).toContain('The prices of the article differ in the order. This is the lowest.');
  });
});

describe('the merchant settles a due refund', () => {
  test.each<[string, OrderFact[]]>([
    ['by approving the item', reseller({ status: 'approved' })],
    ['by approving the only item of the RMA', merchant({}, header('approved'))],
    ['by processing the RMA of one item', merchant({}, header('processed_closed'))],
    [
      'by an rma-item that reports a refund',
      merchant({}, closingFact({ merchantResolution: 'Terugbetalen' })),
    ],
    [
      'by an rma-item that reports a refund, although the RMA is denied',
      merchant({}, header('denied'), closingFact({ merchantResolution: 'refund' })),
    ],
    [
      'by an rma-item that reports a refund, although the item is closed',
      merchant({ status: 'closed' }, closingFact({ merchantResolution: 'refund' })),
    ],
    [
      'by processing the item itself, one of several',
      [...reseller({ status: 'processed_closed' }), rmaFact({ itemIds: ['90', '91'] })],
    ],
    ['by a credit memo', merchant({}, memoOf())],
    ['by a credit memo, although the item is rejected', [...reseller({ status: 'rejected' }), memoOf()]],
  ])('%s', (_how, facts) => {
    expect(decided(facts)).toMatchObject({ state: 'Settled', refundDue: false, attention: undefined });
  });

  test.each<[string, OrderFact[], RegExp]>([
    [
      'a rejected item of a processed RMA',
      [...reseller({ status: 'rejected' }), rmaFact({ status: 'processed_closed' })],
      /^Closed unrefunded: EUR 267\.05 is still due, but its status is rejected\. Refund your customer/,
    ],
    [
      'a denied item although rma-item reports a refund',
      merchant({ status: 'denied' }, closingFact({ merchantResolution: 'refund' })),
      /^Closed unrefunded: at most EUR 271\.00/,
    ],
    [
      'no approved unit',
      reseller({ status: 'approved', quantityApproved: 0 }),
      /^Closed unrefunded: EUR 267\.05 .*no unit of it is approved/,
    ],
    ['a closed RMA of a merchant', merchant({}, header('closed')), /^Closed unrefunded: .*create a new RMA/],
    ['a denied RMA of a merchant', merchant({}, header('denied')), /^Closed unrefunded: .*create a new RMA/],
    [
      'a processed RMA of several items',
      merchant({}, header('processed_closed', ['90', '91'])),
      /^Refund due: .*has 2 items: check at Winkelstraat whether this one is paid/,
    ],
    [
      'an rma-item with another resolution',
      merchant({}, closingFact({ merchantResolution: 'Ruilen' })),
      /^Refund due: .*another resolution than a refund/,
    ],
    [
      'an rma-item with an unknown resolution',
      merchant({}, closingFact({ merchantResolution: 'zie mail' })),
      /^Refund due: .*a resolution that the bridge does not know/,
    ],
  ])('but not by %s', (_how, facts, attention) => {
    expect(decided(facts)).toMatchObject({
      state: 'Completed',
      refundDue: true,
      attention: expect.stringMatching(attention),
    });
  });

  test('and a refund that rma-item reports is no other resolution of a denied item', () => {
    const facts = merchant({ status: 'denied' }, closingFact({ merchantResolution: 'refund' }));

    expect(tasks(decided(facts))).toEqual(['closed-unrefunded']);
  });

  test('and the end of a reseller’s return is no alarm', () => {
    expect(tasks(decided([...reseller(), rmaFact({ status: 'closed' })]))).toEqual(['refund-due']);
    expect(tasks(decided(reseller({ status: 'closed' })))).toEqual(['refund-due']);
  });
});

test.each([
  ['RETURN_CANCELED', 'after its cancellation'],
  ['RETURN_DEADLINE_PASSED', 'after its deadline'],
] as const)('after %s a due refund says when the article was handed in', (event, remark) => {
  const events: IgfState['events'] = [event, 'SHIPPED', 'COMPLETED', 'REFUND'];

  expect(decided(reseller(), { events }).attention).toContain(`handed in ${remark}`);
});

describe('nothing is asked between the arrival and the due refund', () => {
  test('although the RMA is decided in part, which is asked about once the refund is due', () => {
    const facts = merchant({}, header('approved_on_item', ['90', '91']));

    expect(decided(facts, { events: [] }).attention).toBeUndefined();
    expect(tasks(decided(facts))).toEqual(['refund-due', 'decided-in-part']);
    expect(decided([...facts, memoOf()])).toMatchObject({ state: 'Settled', attention: undefined });
  });

  test.each<RmaStatus>(['received', 'approved', 'rejected', 'denied', 'closed', 'processed_closed'])(
    'although the merchant reports it as %s',
    (status) => {
      expect(decided(merchant({}, header(status)), { events: [] })).toMatchObject({
        state: 'Completed',
        attention: undefined,
      });
    },
  );
});

describe('while the article is on its way to its buyer', () => {
  const shipped = (...facts: OrderFact[]) =>
    decided(merchant({}, ...facts), { ...atIgf('Shipped'), events: ['SHIPPED'] }, { state: 'Shipped' });

  test('a merchant who received it must check what arrived', () => {
    expect(tasks(shipped(header('received')))).toEqual(['check-arrival']);
    expect(tasks(shipped(closingFact({ quantityReturned: 1 })))).toEqual(['check-arrival']);
    expect(shipped(header('received')).attention).toContain('its buyer (WEB-3)');
  });

  test('the date of an arrival alone says nothing, and neither does the end of the RMA', () => {
    expect(
      shipped(rmaFact({ family: 'push-api', arrivedAt: '2024-03-09T10:00:00.000Z' })).attention,
    ).toBeUndefined();
    expect(shipped(header('closed')).attention).toBeUndefined();
  });

  test('a sender who is unpaid 14 days after the request is asked about once', () => {
    const requested = (requestedAt: string) => rmaFact({ family: 'push-api', requestedAt });

    expect(tasks(shipped(requested('2024-02-26T12:00:00.000Z')))).toEqual(['unpaid-too-long']);
    expect(shipped(requested('2024-02-26T12:00:00.000Z')).attention).toContain('of 2024-02-26: look at');
    expect(shipped(requested('2024-02-26T12:00:01.000Z')).attention).toBeUndefined();
    expect(shipped(requested('2024-02-20T12:00:00.000Z'), memoOf()).attention).toBeUndefined();
  });
});

test('a sender who is unpaid after 14 days is asked about from the hand-in until the refund is due', () => {
  const facts = merchant({}, rmaFact({ family: 'push-api', requestedAt: '2024-02-20T12:00:00.000Z' }));

  expect(tasks(decided(facts, { events: [] }))).toEqual(['unpaid-too-long']);
  expect(tasks(decided(facts))).toEqual(['refund-due']);
  expect(tasks(decided(facts, atIgf('Labelled'), { state: 'Labelled' }))).toEqual([]);
});

describe('a person who did what is asked', () => {
  const answer = (task: string, amount?: number): Answer => ({
    ...{ task, note: 'done', by: 'els', at: '2024-03-11T11:00:00.000Z' },
    ...(amount !== undefined && { amount }),
  });

  test.each(['refund-due', 'refund-presumed', 'closed-unrefunded'])('settles the refund by %s', (task) => {
    expect(decided(reseller(), {}, { answers: [answer(task, 267.05)] })).toMatchObject({
      state: 'Settled',
      why: expect.stringContaining('a person reports'),
      attention: undefined,
    });
  });

  test('is asked again when the amount is another one', () => {
    expect(decided(reseller(), {}, { answers: [answer('refund-due', 260)] }).attention).toMatch(
      /^Refund due/,
    );
  });

  test('is not asked for the same task again, and the other tasks stay', () => {
    const ended = { ...atIgf('Matched'), events: ['RETURN_DEADLINE_PASSED', 'REFUND'] as IgfState['events'] };
    const reached: Partial<ReturnItem> = { state: 'DeadlinePassed', answers: [answer('serve-from-stock')] };

    expect(tasks(decided(reseller(), ended, reached))).toEqual(['refund-due']);
  });

  test('answers a refusal of IGF only until the next one', () => {
    const refusal = (at: string) => ({
      ...{ eventId: 'another', at, request: 'cancel 7', reason: 'no', attention: 'Cancellation refused.' },
    });
    const cancelling = (at: string) =>
      decideOn(reseller({ status: 'denied' }), {
        ...{ state: 'Cancelling', listingId: 7, igf: atIgf('Listed'), refusal: refusal(at) },
        answers: [answer('cancellation-refused')],
      }).attention;

    expect(cancelling('2024-03-11T10:00:00.000Z')).toBeUndefined();
    expect(cancelling('2024-03-11T11:30:00.000Z')).toBe('Cancellation refused.');
  });
});

test('a settled refund is final, whatever the merchant reports later', () => {
  const closing: Partial<ClosingFact> = { merchantResolution: 'afgewezen' };
  for (const facts of [reseller({ status: 'rejected' }), merchant({}, closingFact(closing)), merchant()]) {
    expect(decided(facts, {}, { state: 'Settled', why: 'It is paid.' })).toMatchObject({
      ...{ state: 'Settled', why: 'It is paid.', refundDue: false, attention: undefined },
    });
  }
});
