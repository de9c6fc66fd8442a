/** Values to draw where a deployed stage has real ones. */
import { createHash } from 'node:crypto';

/** The same numbers in [0, 1) for the same seed, so that a picture only changes with the dashboard. */
export function randomOf(seed: string): () => number {
  let count = 0;
  return () => {
    count += 1;
    return createHash('sha256').update(`${seed} ${count}`).digest().readUInt32BE() / 2 ** 32;
  };
}

/** Graphs and lines that are flat on a normal day. */
export const isNormallyZero = (name: string): boolean =>
  /DLQ|parked|Refused|Short of time|^[45]xx$|throttled|quarantine|retried|igf-down/.test(name);

/** By the name of a column, values that it could have, from its first row on. */
const values: Record<string, readonly string[]> = {
  '@timestamp': ['2026-03-09 14:02:11', '2026-03-09 11:47:30', '2026-03-09 09:15:02'],
  webhook: ['stock-hub/v1/shipment', 'stock-hub/v1/rma', 'push-api/v2/track'],
  status: ['202', '202', '406'],
  route: [
    'POST /winkelstraat/stock-hub/v1/rma',
    'POST /winkelstraat/push-api/v2/rma',
    'POST /igf/v1/shipped/{token}',
  ],
  refusal: ['-', '-', '-'],
  operation: ['POST /listings', 'GET /listings/{listingId}', 'DELETE /listings/{listingId}'],
  state: ['Listed', 'AwaitingShipment', 'Completed'],
  tasks: ['refund-due', 'needed-to-go-on', 'label-reminder'],
  task: ['Refund due: EUR 267.05.', 'Refund due: EUR 89.00.', 'Refund due: EUR 120.50.'],
  orderId: ['000000549', '000000560', '000000571'],
  returnId: ['000000093/90', '000000101/97', '000000107/YE2'],
  eventId: ['3ae9629f', 'ce4f903f', 'de742600'],
  step: ['done', 'done', 'retry'],
  outcome: ['done', 'skipped', 'retry'],
  rule: ['list', 'list', 'cancel'],
  timeLeft: [5, 11, 23].map(
    (hour) => `its sender gives up at 2026-03-10T${String(hour).padStart(2, '0')}:00:00Z`,
  ),
  reason: [
    'POST /listings: no answer in 6000 ms',
    'POST /listings: IGF answered 503',
    'another attempt is busy',
  ],
  attempt: ['3', '2', '2'],
  deliveries: ['9', '4', '1'],
  oldestSeconds: ['190', '94', '61'],
  retries: ['5', '3', '1'],
  p50ms: ['41', '38', '52'],
  p95ms: ['310', '287', '402'],
  p99ms: ['420', '395', '610'],
};

/** By a part of a query, the values of its own that a column has. */
const ownValues: Record<string, Record<string, readonly string[]>> = {
  "'called'": { status: ['200', '200', '204'] },
  "'not-accepted'": { reason: ['', '', 'Not acceptable'] },
  "'parked'": { reason: ['POST /listings: IGF refused it with 400 (E1000)', '', ''], attempt: ['1', '', ''] },
};

/** The columns of a query's result, and some rows. */
export function sampleRows(query: string): string[][] {
  const command = query.split('\n| ').findLast((line) => /(^|\| )(fields|stats) /.test(line)) ?? '';
  const [measured = '', groups = ''] = command.replace(/^.*(fields|stats) /, '').split(' by ');
  const columns = [...groups.split(', '), ...measured.split(/, (?![^(]*\))/)]
    .filter(Boolean)
    .map((column) => column.replace(/^.* as /, '').replace(/^message\./, ''));
  const own = Object.entries(ownValues).find(
    ([part]) => query.includes(part) && !query.includes("'done'"),
  )?.[1];
  const random = randomOf(query);
  const rows = [0, 1, 2].map((row) =>
    columns.map(
      (column) =>
        (own?.[column] ?? values[column])?.[row] ?? String(Math.ceil((60 + random() * 60) / (row + 1) ** 2)),
    ),
  );
  return [columns, ...(query.includes("step = 'parked'") ? rows.slice(0, 1) : rows)];
}
