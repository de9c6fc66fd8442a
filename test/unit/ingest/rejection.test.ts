import { largestBodyBytes, mostFaults } from '../../../lib/config/limits.ts';
import { type Rejection, readRejection, writeRejection } from '../../../lib/ingest/rejection.ts';

const rejection = (change: Partial<Rejection> = {}): Rejection => ({
  schema: 1,
  id: 'a'.repeat(32),
  delivery: 'b'.repeat(36),
  webhook: 'stock-hub/v1/rma',
  version: '',
  receivedAt: '2026-01-01T00:00:00.000Z',
  correlationId: 'c',
  errors: [],
  body: Buffer.from('{}'),
  ...change,
});

test.each([
  ['no body', Buffer.alloc(0)],
  ['control characters', Buffer.alloc(largestBodyBytes, 1)],
  ['U+FFFF', Buffer.from('\uffff'.repeat(87_381))],
  ['bytes that are not text', Buffer.alloc(largestBodyBytes, 0xff)],
])('the largest body of %s fits into a message of ASCII, and comes back byte for byte', (_what, body) => {
  const text = writeRejection(
    rejection({
      body,
      version: '\uffff'.repeat(50_000),
      errors: Array(mostFaults + 1).fill({ path: 'items.12345.qty_requested', message: 'must be of type é' }),
    }),
  );
  expect(text).toMatch(/^[\x20-\x7e]+$/);
  // SQS takes a message of 1 MiB.
  expect(Buffer.byteLength(text)).toBeLessThan(500_000);
  expect(Buffer.from(readRejection(text)?.body ?? 'x').equals(body)).toBe(true);
});

test('a message of another shape is not read as a rejection', () => {
  for (const text of ['', '[]', '{}', 'null', writeRejection(rejection({ id: ' ' }))]) {
    expect(readRejection(text)).toBeUndefined();
  }
});
