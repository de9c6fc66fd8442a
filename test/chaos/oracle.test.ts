import { pushApiRma, sample } from '../support/builders.ts';
import { IgfLedger } from './igf-ledger.ts';
import { compareRun } from './oracle/compare.ts';
import type { Outputs } from './oracle/outputs.ts';
import {
  defaultSettings,
  type IgfEvent,
  type Payload,
  type Scenario,
  type Step,
} from './scenarios/scenario.ts';
import type { BridgeItem } from './table-reader.ts';

const item = { rmaId: '000000078', itemId: 'YEK' };
const mark = '000000078/YEK';
const orderId = '000000549';
const once = (payload: Payload) => ({ webhook: 'push-api/v2/rma' as const, payload, copies: 1 });
const shipment = { webhook: 'push-api/v2/shipment' as const, payload: sample('push-api-v2-shipment') };
const accepted = [{ orderId, eventId: 'event-1' }];

const scenario = (...steps: Step[]): Scenario => ({
  ...{ orderId, hint: 'a test', settings: defaultSettings },
  first: [once(pushApiRma())],
  branches: [steps],
});
const denied: Step = { kind: 'deliver', deliveries: [once(pushApiRma({ status: 'denied' }))] };

/** The outputs of a run that did all of it right, but for what a test changes. */
function outputs(
  over: { stored?: Partial<BridgeItem>; listings?: number; cancels?: number; anew?: object } & Partial<
    Omit<Outputs, 'listings'>
  > = {},
): Outputs {
  const { stored, listings = 1, cancels = 0, anew, ...rest } = over;
  const ledger = new IgfLedger();
  const request = {
    ...{ sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee', productId: '3G1MXE1MXVZF982' },
    ...{ listingWebshopOrderId: orderId, returnReason: 'other_good_condition' },
    ...{ customer: { email: 'jan.jansen@gwinkelstraat.nl' } },
    ...{ originalPrice: 271, quantity: 1, returnReasonComment: `Meer bezorgd dan besteld [${mark}]` },
  };
  const call = (operation: string, path: string, body: object = request) => ({
    ...{ method: 'POST', path, operation, target: undefined, body: JSON.stringify(body) },
  });
  for (let id = 7; id < 7 + listings; id += 1)
    ledger.note(call('POST /listings', '/listings'), 201, `{"id":${id}}`);
  for (let count = 0; count < cancels; count += 1) {
    ledger.note(call('PUT /listings/cancel/7', '/listings/cancel/7'), 200, '{}');
  }
  if (anew) {
    const body = { ...request, returnReasonComment: `Meer bezorgd dan besteld [${mark}~2]`, ...anew };
    ledger.note(call('POST /listings', '/listings', body), 201, '{"id":8}');
  }
  const there = Array.from({ length: listings + (anew ? 1 : 0) }, (_, at) => ({
    ...{ id: 7 + at, status: 'Available', returnReasonComment: `[${mark}]` },
  }));
  return {
    returns: new Map([[`${orderId} ${mark}`, { pk: '', sk: '', state: 'Listed', listingId: 7, ...stored }]]),
    events: new Map([[`${orderId} event-1`, { pk: '', sk: '', outcome: 'done' }]]),
    listings: new Map([[mark, there]]),
    deadLetters: [],
    ledger,
    ...rest,
  };
}

const differences = (what: Scenario, left: Outputs) =>
  compareRun([what], accepted, left).differences.map(({ kind, what: text }) => `${kind}: ${text}`);

test('a listed return is as it must be', () => {
  expect(differences(scenario(), outputs())).toEqual([]);
});

test('one that ended once it was listed is cancelled, once', () => {
  const ended = scenario({ kind: 'listed', item }, denied);
  expect(differences(ended, outputs({ stored: { state: 'Cancelled' }, cancels: 1 }))).toEqual([]);
  expect(differences(ended, outputs({ stored: { state: 'Cancelled' }, cancels: 2 }))).toEqual([
    expect.stringMatching(/^doubled: .* cancelled 2 times/),
  ]);
  expect(differences(ended, outputs({ stored: { state: 'Cancelled' } }))).toEqual([
    expect.stringMatching(/^lost: .* cancelled 0 times/),
  ]);
  expect(differences(ended, outputs())).toEqual(
    expect.arrayContaining([expect.stringMatching(/must be Cancelled/)]),
  );
});

const withPrice = (price: number): Step => ({
  kind: 'deliver',
  deliveries: [once(pushApiRma({}, { price }))],
});

test('one whose price is corrected is cancelled, and then listed anew', () => {
  const corrected = scenario({ kind: 'listed', item }, withPrice(250));
  const anew = { originalPrice: 250 };
  const stored = { listingId: 8 };
  expect(differences(corrected, outputs({ stored, cancels: 1, anew }))).toEqual([]);
  expect(differences(corrected, outputs({ stored, anew }))).toEqual([
    expect.stringMatching(/^lost: .* listing 7 cancelled 0 times/),
    expect.stringMatching(/^doubled: .* 2 listings of its article at once/),
  ]);
  expect(differences(corrected, outputs({ stored, cancels: 1, anew: {} }))).toContainEqual(
    expect.stringMatching(/^wrong: .* originalPrice 271 in place of 250/),
  );
  expect(differences(corrected, outputs())).toContainEqual(
    expect.stringMatching(/^lost: .* listed 1 times, not 2/),
  );
});

test('a refund that IGF announced is asked for, with its amount', () => {
  const event = (eventType: IgfEvent): Step => ({ kind: 'event', item, eventType });
  const buy: Step = { kind: 'buy', item, webshopOrderId: 'WEB-1' };
  const refunded = scenario(
    { kind: 'listed', item },
    ...[buy, event('SHIPPED'), event('COMPLETED'), event('REFUND')],
  );
  const asked = (amount: string) =>
    outputs({
      stored: {
        state: 'Completed',
        refundDue: true,
        attention: `Refund due: ${amount}. Process RMA 000000078 at Winkelstraat; do not restock, …`,
        tasks: [{}],
      },
    });
  expect(differences(refunded, asked('at most EUR 271.00'))).toEqual([]);
  expect(differences(refunded, asked('at most EUR -2.95'))).toEqual([
    expect.stringMatching(/^wrong: .* does not ask for/),
    expect.stringMatching(/^wrong: .* asks for more/),
    expect.stringMatching(/^wrong: .* below zero/),
  ]);
  expect(differences(refunded, outputs({ stored: { state: 'Completed' } }))).toContainEqual(
    expect.stringMatching(/^lost: .* has a refund that nobody is asked for/),
  );
});

test('of two returns of one unit one is listed, and a person looks at the other', () => {
  const second = { rmaId: '000000079', itemId: 'YEK' };
  const both: Scenario = {
    ...scenario(),
    first: [once(pushApiRma()), once(pushApiRma({ rma_id: second.rmaId }))],
  };
  const shipped: Scenario = { ...both, first: [...both.first, { ...shipment, copies: 1 }] };
  const left = (stored: Partial<BridgeItem>) =>
    outputs({
      returns: new Map([...outputs().returns, [`${orderId} 000000079/YEK`, { pk: '', sk: '', ...stored }]]),
    });
  const attention = 'More units come back than were sent: 1 in order …';
  const gaveWay = { state: 'NotForwardable', attention, tasks: [{}] };
  expect(differences(shipped, left(gaveWay))).toEqual([]);
  expect(differences(shipped, left({ state: 'Listed', listingId: 8 }))).toContainEqual(
    expect.stringMatching(/^wrong: 000000079.YEK .* must be NotForwardable/),
  );
});

test('one whose opening and end cross may never have been listed', () => {
  expect(differences(scenario(denied), outputs({ stored: { state: 'Closed' }, listings: 0 }))).toEqual([]);
});

test.each<[string, Outputs, RegExp]>([
  ['a second listing', outputs({ listings: 2 }), /^doubled: .* listed 2 times/],
  ['no listing', outputs({ listings: 0 }), /^lost: .* never listed/],
  ['a return that is not there', outputs({ returns: new Map() }), /^lost: .* not in the table/],
  ['a wrong state', outputs({ stored: { state: 'NotForwardable' } }), /^wrong: .* must be Listed/],
  ['another listing than IGF has', outputs({ stored: { listingId: 8 } }), /^wrong: .* is listing 7, not 8/],
  ['a claim', outputs({ stored: { pendingCall: { until: '' } } }), /^wrong: .* claim left/],
  [
    'attention that nothing calls for',
    outputs({ stored: { attention: 'Look!', tasks: [{}] } }),
    /^wrong: .* asks for more .*: Look!/,
  ],
  ['a delivery without a trace', outputs({ events: new Map() }), /^lost: .* no trace/],
  [
    'a delivery that is not done',
    outputs({ events: new Map([[`${orderId} event-1`, { pk: '', sk: '', outcome: 'retry' }]]) }),
    /^lost: .* is retry/,
  ],
  [
    'a message that was parked',
    outputs({ deadLetters: [{ eventId: 'event-1', webhook: 'push-api/v2/rma', reason: 'why not' }] }),
    /^lost: .* in a DLQ: why not/,
  ],
  [
    'a return that no webhook reported',
    outputs({ returns: new Map([...outputs().returns, ['1 2/3', { pk: 'ORDER#1', sk: '' }]]) }),
    /^wrong: no webhook reported/,
  ],
])('it sees %s', (_what, left, difference) => {
  expect(differences(scenario(), left)).toContainEqual(expect.stringMatching(difference));
});
