import { articleOf } from '../../../lib/returns/article.ts';
import { type OrderSnapshot, type ReturnRef, refOf, returnIn } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { type Todo, todoOf } from '../../../lib/returns/todo.ts';
import { patienceSeconds } from '../../../lib/returns/waiting.ts';
import { addSeconds } from '../../../lib/runtime/time.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';
import type { OpenTask } from '../../../lib/table/open-task.ts';
import { type TaskEntry, tasksIndex } from '../../../lib/table/tasks-index.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

type Bridge = Pick<OpenBridge, 'dynamodb' | 'table'>;

/** A return that waits for a person. */
export interface WaitingReturn {
  readonly item: ReturnItem;
  readonly todo: Todo;
  /** The customer's or the reseller's own order number, if it is known. */
  readonly poNumber: string | undefined;
}

/** How many orders are read at once. */
const atOnce = 10;

/** The partitions of the index whose returns a person must look at. */
async function attentionPartitions({ dynamodb, table }: Bridge): Promise<OpenTask['task'][]> {
  const terms = await bridgeTable(dynamodb, table).readUnmappedTerms();
  return ['ATTENTION', ...terms.map(unmappedTask)];
}

/** The entries of one partition of the index, which may lag a moment behind the table. */
export async function listEntries(
  { dynamodb, table }: Bridge,
  kind: OpenTask['task'],
  until?: string,
): Promise<TaskEntry[]> {
  const index = tasksIndex(dynamodb, { tableName: table, indexName: 'tasks', now: Date.now });
  const entries: TaskEntry[] = [];
  for await (const entry of index.waiting(kind, until)) entries.push(entry);
  return entries;
}

/** Reads the orders of these returns, and makes something of each return that its order still has. */
export async function fromOrders<T>(
  { dynamodb, table }: Bridge,
  refs: readonly ReturnRef[],
  make: (item: ReturnItem, order: OrderSnapshot) => T | undefined,
): Promise<T[]> {
  const orders = [...Map.groupBy(refs, ({ orderId }) => orderId)];
  const found: T[] = [];
  for (let first = 0; first < orders.length; first += atOnce) {
    const some = orders.slice(first, first + atOnce).map(async ([orderId, own]) => {
      const order = await bridgeTable(dynamodb, table).readOrder(orderId);
      return own.flatMap((ref) => {
        const item = returnIn(order, ref);
        return (item && make(item, order)) ?? [];
      });
    });
    found.push(...(await Promise.all(some)).flat());
  }
  return found;
}

/** Every return that waits for a person, the longest waiting first. @param now ISO 8601 UTC */
export async function readAttention(bridge: Bridge, now: string): Promise<WaitingReturn[]> {
  const kinds = await attentionPartitions(bridge);
  const entries = await Promise.all([
    ...kinds.map((kind) => listEntries(bridge, kind)),
    listEntries(bridge, 'WAITING', addSeconds(now, -patienceSeconds)),
  ]);
  const returns = await fromOrders(bridge, entries.flat(), (item, order) => {
    const todo = todoOf(item, now);
    return todo && { item, todo, poNumber: articleOf(order, item)?.poNumber };
  });
  return returns.sort((one, other) => (one.todo.since < other.todo.since ? -1 : 1));
}

/**
 * The return that a person names by RMA and item, such as `000000093/90`.
 * @param orderId its order. Without one it is found among the returns that wait for somebody
 * @throws CommandError when there is none, or several
 */
export async function findReturn(
  bridge: Bridge,
  typed: string,
  orderId: string | undefined,
): Promise<ReturnItem> {
  const found = await (orderId === undefined
    ? findInIndex(bridge, typed)
    : findInOrder(bridge, typed, orderId));
  const [first, ...others] = found;
  if (others.length > 0) {
    const orders = found.map((item) => item.orderId).join(', ');
    throw new CommandError(
      `Several orders have a return ${typed} (${orders}): name one with --order <order>.`,
    );
  }
  if (first) return first;
  throw new CommandError(
    orderId === undefined
      ? `No return ${typed} waits for anything: name its order with --order <order>.`
      : `Order ${orderId} has no return ${typed}.`,
  );
}

async function findInIndex(bridge: Bridge, typed: string): Promise<ReturnItem[]> {
  const kinds = [...(await attentionPartitions(bridge)), 'WAITING', 'OBSERVED'] as const;
  const entries = (await Promise.all(kinds.map((kind) => listEntries(bridge, kind)))).flat();
  const named = entries.filter((entry) => returnId(entry) === typed);
  return fromOrders(bridge, named.map(refOf), (item) => item);
}

async function findInOrder(
  { dynamodb, table }: Bridge,
  typed: string,
  orderId: string,
): Promise<ReturnItem[]> {
  const { returns } = await bridgeTable(dynamodb, table).readOrder(orderId);
  return returns.filter((item) => returnId(item) === typed);
}
