import { BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { progress } from '../../infra/cli/output.ts';
import { keys } from '../../lib/table/keys.ts';
import { total } from '../support/counting-proxy.ts';
import { table } from '../support/table.ts';
import { functionOf, rma, shipment } from './call-counts.ts';
import { type CountedBridge, type Counts, startCountedBridge } from './counted-bridge.ts';

/** How full a table is, and how long the history of the order that is listed. */
export interface Fullness {
  /** Items of other orders. */
  readonly items: number;
  /** Deliveries of the order itself, 2 KB each. */
  readonly events: number;
}

const steps: readonly Fullness[] = [
  { items: 0, events: 10 },
  { items: 0, events: 1000 },
  { items: 0, events: 10_000 },
  { items: 100_000, events: 10 },
  { items: 100_000, events: 10_000 },
];

/** What a listing and its duplicate cost at one fullness. */
interface Row extends Fullness {
  readonly listing: string;
  readonly duplicate: string;
}

/**
 * Counts what a listing and a duplicate cost, however full the table is. Calls and units are the same in every run, so the
 * command fails when one of them grows.
 * @returns whether every step costs the same
 */
export async function benchFlat(print: (text: string) => void): Promise<boolean> {
  await using open = new AsyncDisposableStack();
  const bridge = await startCountedBridge(open, { forward: 'each-item' });
  const tableName = bridge.stack.tables[0]?.name ?? '';
  const client = DynamoDBDocumentClient.from(bridge.clients.dynamodb);
  const write = async (items: Iterable<Record<string, unknown>>): Promise<void> => {
    for (const some of batches(items)) {
      const requests = some.map((Item) => ({ PutRequest: { Item } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: requests } }));
    }
  };

  const rows: Row[] = [];
  let others = 0;
  for (const [index, { items, events }] of steps.entries()) {
    progress('Filling the table', index, steps.length);
    await write(otherItems(others, items));
    others = Math.max(others, items);
    const order = `flat-${index}`;
    await write(history(order, events));
    rows.push({ items, events, ...(await costAt(bridge, order)) });
  }
  print(
    table(
      ['Items of other orders', 'Events of the order', 'A listing', 'A duplicate'],
      rows.map((row) => [
        row.items.toLocaleString('en'),
        row.events.toLocaleString('en'),
        row.listing,
        row.duplicate,
      ]),
    ),
  );
  return new Set(rows.map(({ listing, duplicate }) => `${listing} ${duplicate}`)).size === 1;
}

async function costAt(bridge: CountedBridge, order: string): Promise<Omit<Row, keyof Fullness>> {
  const deliver = async (webhook: string, payload: unknown) =>
    (await bridge.deliver(functionOf(webhook).path, payload)).worker;
  await deliver('stock-hub/v1/shipment', shipment(order, 1));
  const listing = await deliver('stock-hub/v1/rma', rma(order, 1));
  const duplicate = await deliver('stock-hub/v1/rma', rma(order, 1));
  return { listing: inWords(listing), duplicate: inWords(duplicate) };
}

const inWords = ({ calls, units }: Counts): string =>
  `${total(calls.dynamodb)} calls, ${units.read} read, ${units.table + units.index} written`;

const text = 'x'.repeat(2000);

/** Deliveries of an order, as the table has them. Their orders are named as `call-counts.ts` names them. */
function* history(order: string, events: number) {
  for (let at = 0; at < events; at += 1) {
    yield { ...keys.event(`bench-${order}`, `event-${at}`), payload: text, outcome: 'done' };
  }
}

/** Items of other orders, from one number to another. */
function* otherItems(from: number, to: number) {
  for (let at = from; at < to; at += 1)
    yield { ...keys.salesOrder(`other-${at}`), rev: 1, orderId: `other-${at}` };
}

/** Batches of what `BatchWriteItem` takes at once. */
function* batches<Item>(items: Iterable<Item>): Generator<Item[]> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < 25) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
