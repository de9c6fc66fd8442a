import { findRejected, type OpenQuarantine, timeLeft } from '../../../infra/ops/quarantine/quarantine.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';

const delivery = (id: string): RejectedDelivery => ({
  id,
  webhook: 'stock-hub/v1/rma',
  deliveries: 1,
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: '2026-01-01T00:00:00.000Z',
  senderGivesUpAt: '2026-01-02T00:00:00.000Z',
  errors: [],
  version: '1',
  correlationId: 'c',
  body: Buffer.from(''),
  recentDeliveries: [],
  rev: 1,
});
const [one, other, third] = [
  delivery('abcdef0123456789aaaaaaaaaaaaaaaa'),
  delivery('abcdef0123456789bbbbbbbbbbbbbbbb'),
  delivery('0000000000000000cccccccccccccccc'),
];
const resolved = delivery('99999999999999999999999999999999');
const quarantine = {
  waiting: [one, other, third],
  items: {
    read: async (id: string) => [one, other, third, resolved].find((known) => known.id === id),
  } as unknown as OpenQuarantine['items'],
  listedBy: 'npx bridge rejected --stage prod',
  wasAccepted: async () => false,
} satisfies OpenQuarantine;

test('the first characters of an id are enough when only one id begins with them', async () => {
  expect(await findRejected('0', quarantine)).toBe(third);
  expect(await findRejected(one.id.toUpperCase(), quarantine)).toBe(one);
});

test('characters that several ids begin with are rejected, with longer ones that differ', async () => {
  await expect(findRejected('abc', quarantine)).rejects.toThrow(
    /^2 ids begin with "abc" \(abcdef0123456789a, abcdef0123456789b\): type more characters\.$/,
  );
});

test('a resolved delivery is found by its full id only', async () => {
  expect(await findRejected(resolved.id, quarantine)).toBe(resolved);
  await expect(findRejected('9999', quarantine)).rejects.toThrow(
    'There is no rejected delivery 9999: npx bridge rejected --stage prod lists the unresolved ones.',
  );
});

test.each([
  ['2026-01-01T18:30:00.000Z', '5 h 30 min of retries left'],
  ['2026-01-02T03:00:00.000Z', 'its sender stopped retrying 3 h ago'],
])('at %s: %s', (at, text) => {
  expect(timeLeft(one, Date.parse(at))).toBe(text);
});
