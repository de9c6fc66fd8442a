import { gapOf } from '../../../infra/ops/gaps/read-gaps.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';

const now = '2026-11-27T12:00:00.000Z';
const at = { now, silentDays: 7, url: 'https://bridge.example/winkelstraat/push-api/v2/rma' };
const aReturn = (overrides: Partial<ReturnItem>): ReturnItem => ({
  ...{ orderId: '549', rmaId: '93', itemId: '90', family: 'push-api', rev: 1, state: 'Requested', why: '' },
  firstReportedAt: '2026-11-27T10:00:00.000Z',
  ...overrides,
});
const waiting = { state: 'AwaitingShipment', waits: 'shipment' } as const;
const twoDaysAgo = '2026-11-25T12:00:00.000Z';

test('a return that waits for its shipment for a day is a gap, with the call that has the RMA sent again', () => {
  const gap = gapOf(aReturn({ ...waiting, waitingSince: twoDaysAgo }), at);
  expect(gap).toMatchObject({
    ...{ kind: 'shipment', since: twoDaysAgo, mail: null },
    call: { url: expect.stringMatching(/webhook-trigger\/rma$/), body: { incrementId: '93', url: at.url } },
  });
});

test('a reseller mails Winkelstraat', () => {
  const gap = gapOf(aReturn({ ...waiting, family: 'stock-hub', waitingSince: twoDaysAgo }), at);
  expect(gap).toMatchObject({ call: null, mail: { text: expect.stringContaining('return 93/90') } });
});

test('an RMA without news for a week is a gap', () => {
  const old = { firstReportedAt: '2026-11-20T11:00:00.000Z' };
  expect(gapOf(aReturn(old), at)).toMatchObject({ kind: 'next-status', since: old.firstReportedAt });
});

test('a listed return that the reconciler could not ask about for a day is a gap', () => {
  const gap = gapOf(aReturn({ state: 'Listed', lastUpdateAt: twoDaysAgo }), at);
  expect(gap).toMatchObject({ kind: 'poll', mail: null, call: null });
});

test.each<[string, Partial<ReturnItem>]>([
  ['waits for some hours', { ...waiting, waitingSince: '2026-11-27T01:00:00.000Z' }],
  [
    'was asked about, and somebody did something',
    {
      ...waiting,
      waitingSince: twoDaysAgo,
      answers: [{ task: 'waits-for-shipment', note: 'mailed', by: 'anna', at: now }],
    },
  ],
  ['was requested this week', {}],
  [
    'was asked about at ItGoesForward an hour ago',
    { state: 'Listed', lastUpdateAt: '2026-11-27T11:00:00.000Z' },
  ],
  ['is over', { state: 'Closed', firstReportedAt: '2026-01-01T00:00:00.000Z' }],
])('a return that %s is no gap', (_what, overrides) => {
  expect(gapOf(aReturn(overrides), at)).toBeUndefined();
});
