import { pushApiRma } from '../support/builders.ts';
import type { StoredItem } from './bridge-table.ts';
import type { Act, History, Payload } from './histories/history.ts';
import { IgfLedger } from './igf-ledger.ts';
import { compare } from './oracle/compare.ts';
import type { Found } from './oracle/found.ts';

const item = { rmaId: '000000078', itemId: 'YEK' };
const mark = '000000078/YEK';
const orderId = '000000549';
const once = (payload: Payload) => ({ webhook: 'push-api/v2/rma' as const, payload, copies: 1 });
const accepted = [{ orderId, eventId: 'event-1' }];

const history = (...acts: Act[]): History => ({
  ...{ orderId, hint: 'a test' },
  first: [once(pushApiRma())],
  branches: [acts],
});
const denied: Act = { kind: 'deliver', deliveries: [once(pushApiRma({ status: 'denied' }))] };

/** What a run leaves behind that did all of it right, but for what a test says. */
function found(
  over: { stored?: Partial<StoredItem>; listings?: number; cancels?: number } & Partial<
    Omit<Found, 'listings'>
  > = {},
): Found {
  const { stored, listings = 1, cancels = 0, ...rest } = over;
  const ledger = new IgfLedger();
  const asked = {
    ...{ sku: 'wsnl199-wsnl199-5c9de5ad4681ed3eb551e7ee', productId: '3G1MXE1MXVZF982' },
    ...{ listingWebshopOrderId: orderId, returnReason: 'other_good_condition' },
    ...{ originalPrice: 271, quantity: 1, returnReasonComment: `Meer bezorgd dan besteld [${mark}]` },
  };
  const call = (operation: string, path: string) => ({
    ...{ method: 'POST', path, operation, target: undefined, body: JSON.stringify(asked) },
  });
  for (let id = 7; id < 7 + listings; id += 1)
    ledger.note(call('POST /listings', '/listings'), 201, `{"id":${id}}`);
  for (let count = 0; count < cancels; count += 1) {
    ledger.note(call('PUT /listings/cancel/{id}', '/listings/cancel/7'), 200, '{}');
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

const differences = (what: History, left: Found) =>
  compare([what], accepted, left).differences.map(({ kind, what: text }) => `${kind}: ${text}`);

test('a listed return is as it must be', () => {
  expect(differences(history(), found())).toEqual([]);
});

test('one that ended once it was listed is cancelled, once', () => {
  const ended = history({ kind: 'listed', item }, denied);
  expect(differences(ended, found({ stored: { state: 'Cancelled' }, cancels: 1 }))).toEqual([]);
  expect(differences(ended, found({ stored: { state: 'Cancelled' }, cancels: 2 }))).toEqual([
    expect.stringMatching(/^doubled: .* cancelled 2 times/),
  ]);
  expect(differences(ended, found({ stored: { state: 'Cancelled' } }))).toEqual([
    expect.stringMatching(/^lost: .* cancelled 0 times/),
  ]);
  expect(differences(ended, found())).toEqual(
    expect.arrayContaining([expect.stringMatching(/must be Cancelled/)]),
  );
});

test('one whose opening and end cross may never have been listed', () => {
  expect(differences(history(denied), found({ stored: { state: 'Closed' }, listings: 0 }))).toEqual([]);
});

test.each<[string, Found, RegExp]>([
  ['a second listing', found({ listings: 2 }), /^doubled: .* listed 2 times/],
  ['no listing', found({ listings: 0 }), /^lost: .* never listed/],
  ['a return that is not there', found({ returns: new Map() }), /^lost: .* not in the table/],
  ['a wrong state', found({ stored: { state: 'NotForwardable' } }), /^wrong: .* must be Listed/],
  ['another listing than IGF has', found({ stored: { listingId: 8 } }), /^wrong: .* is listing 7, not 8/],
  ['a claim', found({ stored: { pendingCall: { until: '' } } }), /^wrong: .* claim left/],
  ['a question to a human', found({ stored: { attention: 'Look!' } }), /^wrong: .* asks for Look!/],
  ['a delivery without a trace', found({ events: new Map() }), /^lost: .* no trace/],
  [
    'a delivery that is not done',
    found({ events: new Map([[`${orderId} event-1`, { pk: '', sk: '', outcome: 'retry' }]]) }),
    /^lost: .* is retry/,
  ],
  [
    'a message that was given up',
    found({ deadLetters: [{ eventId: 'event-1', webhook: 'push-api/v2/rma', reason: 'why not' }] }),
    /^lost: .* in a DLQ: why not/,
  ],
  [
    'a return that nobody told of',
    found({ returns: new Map([...found().returns, ['1 2/3', { pk: 'ORDER#1', sk: '' }]]) }),
    /^wrong: nobody told/,
  ],
])('it sees %s', (_what, left, difference) => {
  expect(differences(history(), left)).toContainEqual(expect.stringMatching(difference));
});
