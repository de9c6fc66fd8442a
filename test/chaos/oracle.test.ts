import { pushApiRma } from '../support/builders.ts';
import { IgfLedger } from './igf-ledger.ts';
import { compareRun } from './oracle/compare.ts';
import type { Outputs } from './oracle/outputs.ts';
import type { Payload, Scenario, Step } from './scenarios/scenario.ts';
import type { BridgeItem } from './table-reader.ts';

const item = { rmaId: '000000078', itemId: 'YEK' };
const mark = '000000078/YEK';
const orderId = '000000549';
const once = (payload: Payload) => ({ webhook: 'push-api/v2/rma' as const, payload, copies: 1 });
const accepted = [{ orderId, eventId: 'event-1' }];

const scenario = (...steps: Step[]): Scenario => ({
  ...{ orderId, hint: 'a test', forward: 'single-item' },
  first: [once(pushApiRma())],
  branches: [steps],
});
const denied: Step = { kind: 'deliver', deliveries: [once(pushApiRma({ status: 'denied' }))] };

/** The outputs of a run that did all of it right, but for what a test changes. */
function outputs(
  over: { stored?: Partial<BridgeItem>; listings?: number; cancels?: number } & Partial<
    Omit<Outputs, 'listings'>
  > = {},
): Outputs {
  const { stored, listings = 1, cancels = 0, ...rest } = over;
  const ledger = new IgfLedger();
  const request = {
    ...{ sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee', productId: '3G1MXE1MXVZF982' },
    ...{ listingWebshopOrderId: orderId, returnReason: 'other_good_condition' },
    ...{ customer: { email: 'jan.jansen@gwinkelstraat.nl' } },
    ...{ originalPrice: 271, quantity: 1, returnReasonComment: `Meer bezorgd dan besteld [${mark}]` },
  };
  const call = (operation: string, path: string) => ({
    ...{ method: 'POST', path, operation, target: undefined, body: JSON.stringify(request) },
  });
  for (let id = 7; id < 7 + listings; id += 1)
    ledger.note(call('POST /listings', '/listings'), 201, `{"id":${id}}`);
  for (let count = 0; count < cancels; count += 1) {
    ledger.note(call('PUT /listings/cancel/7', '/listings/cancel/7'), 200, '{}');
  }
  const there = Array.from({ length: listings }, (_, at) => ({
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
