import { problemsOf, type Read } from '../../../infra/ops/status/problems.ts';
import type { RetriedDelivery } from '../../../lib/table/parked-deliveries.ts';

const at = '2026-11-27T12:00:00.000Z';
const ago = (minutes: number): string => new Date(Date.parse(at) - minutes * 60_000).toISOString();

const fine: Read = {
  ...{ at, stage: 'prod', mode: 'live' },
  igf: { state: 'up', since: null, reason: null, subscribed: 8 },
  retries: { count: 0, oldest: null, nextAttemptAt: null, reasons: [] },
  queues: [{ name: 'winkelstraat', waiting: 3, parked: 0 }],
  parked: { count: 0, oldest: null },
  rejected: { count: 0, oldest: null, deadline: null },
  attention: [],
  reconciler: { at: ago(70), reviewed: 0, repaired: 0, failed: 0, stopped: null },
  alarms: [{ name: 'igf-down', state: 'INSUFFICIENT_DATA', since: null, text: '' }],
};

const aRetry = (since: string, overrides: Partial<RetriedDelivery> = {}): RetriedDelivery => ({
  ...{ orderId: '1', eventId: 'e', webhook: 'push-api/v2/rma', receivedAt: since, since, attempts: 3 },
  ...{ reason: 'GET /listings/all: IGF answered 503', errorClass: 'IgfUnavailableError' },
  nextAttemptAt: ago(-5),
  ...overrides,
});

const problems = (read: Partial<Read>, retries: readonly RetriedDelivery[] = [], unreadable: string[] = []) =>
  problemsOf({ ...fine, ...read }, { retries, unreadable, reconcileMinutes: 60 });
const down = (since: string): Read['igf'] => ({
  state: 'down',
  since,
  reason: 'no answer',
  subscribed: null,
});

test('nothing is a problem of a bridge that is fine, nor what heals itself within an hour', () => {
  expect(problems({})).toEqual([]);
  expect(problems({}, [aRetry(ago(59))])).toEqual([]);
  expect(problems({ igf: down(ago(59)) }, [aRetry(ago(59))])).toEqual([]);
});

test('an outage of an hour is one problem, with the messages that wait for its end', () => {
  expect(problems({ igf: down(ago(61)) }, [aRetry(ago(61)), aRetry(ago(1))])).toEqual([
    {
      kind: 'igf',
      since: ago(61),
      text: 'ItGoesForward does not answer (no answer). Waiting for it: 2 messages.',
      command: 'npx bridge retries --stage prod',
    },
  ]);
});

test('a message that fails for an hour while ItGoesForward answers is a problem', () => {
  const [problem, ...others] = problems({}, [aRetry(ago(61))]);
  expect(others).toEqual([]);
  expect(problem).toMatchObject({ kind: 'retries', since: ago(61), text: expect.stringContaining('503') });
});

test('a message that nobody attempts any more leads to the DLQs', () => {
  expect(problems({}, [aRetry(ago(300), { nextAttemptAt: ago(61) })])).toMatchObject([
    { kind: 'retries', command: 'npx bridge parked --stage prod' },
  ]);
});

test('a refused key is a problem at once', () => {
  const igf = { state: 'refuses', since: null, reason: 'IGF answered 401', subscribed: null } as const;
  expect(problems({ igf })).toMatchObject([{ kind: 'igf', command: 'npx bridge igf status --stage prod' }]);
});

test('a message in a DLQ counts though the table does not know it', () => {
  const queues = [{ name: 'igf', waiting: 0, parked: 1 }];
  expect(problems({ queues })).toMatchObject([
    { kind: 'parked', since: null, text: 'Parked in a DLQ: 1 message.' },
  ]);
});

test('rejected webhooks say when the first sender stops retrying', () => {
  const rejected = { count: 2, oldest: ago(600), deadline: ago(-90) };
  expect(problems({ rejected })).toMatchObject([
    { text: 'Rejected: 2 webhooks. The first sender stops retrying in 1 h 30 min.' },
  ]);
});

test('what people must do is one problem, by kind and with its sum', () => {
  const attention = [
    { kind: 'refund-due', count: 2, since: ago(90), amount: 99.9 },
    { kind: 'unmapped-term', count: 1, since: ago(600), amount: null },
  ];
  expect(problems({ attention })).toEqual([
    {
      kind: 'attention',
      since: ago(600),
      text: 'A person must do something: 2 × refund-due (EUR 99.90), 1 × unmapped-term.',
      command: 'npx bridge attention --stage prod',
    },
  ]);
});

test('lost subscriptions, a reconciler that does not run, and a ringing alarm are problems', () => {
  const text =
    'All is bad. More of it. Type: npx bridge order <order> --stage prod. Runbook: docs/runbook.md#x';
  expect(
    problems({
      igf: { state: 'up', since: null, reason: null, subscribed: 7 },
      reconciler: { at: ago(181), reviewed: 0, repaired: 0, failed: 0, stopped: null },
      alarms: [{ name: 'all-bad', state: 'ALARM', since: ago(3), text }],
    }),
  ).toMatchObject([
    { kind: 'subscriptions', text: 'ItGoesForward sends 7 of its 8 events to this bridge.' },
    { kind: 'reconciler', since: ago(181) },
    { kind: 'alarm', text: 'all-bad: All is bad.', command: 'npx bridge order <order> --stage prod' },
  ]);
});

test('a command of an alarm is whole, also with a choice in it', () => {
  const text = 'No value. Type: aws put --secret-id returns/<this-key, or that-key> --secret-string x. Look.';
  const alarms = [{ name: 'secret-unreadable', state: 'ALARM', since: null, text }];
  expect(problems({ alarms })).toMatchObject([
    { command: 'aws put --secret-id returns/<this-key, or that-key> --secret-string x' },
  ]);
});

test('what could not be read is a problem', () => {
  expect(problems({ alarms: null }, [], ['No permission.'])).toEqual([
    { kind: 'unreadable', since: null, text: 'No permission.', command: null },
  ]);
});
