import { bulkhead } from 'cockatiel';
import { articleOf, skuOf } from '../../../lib/returns/article.ts';
import { requestedAtOf } from '../../../lib/returns/credit-memos.ts';
import { type OrderSnapshot, type ReturnRef, returnIn } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId, type Task } from '../../../lib/returns/return-item.ts';
import { patienceSeconds, todoOf } from '../../../lib/returns/tasks.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { unmappedTask } from '../../../lib/table/keys.ts';
import type { OpenTask } from '../../../lib/table/open-task.ts';
import { isDropped, readParked } from '../../../lib/table/parked-deliveries.ts';
import { isDone } from '../../../lib/table/retention.ts';
import { type TaskEntry, tasksIndex } from '../../../lib/table/tasks-index.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge, TableClient, TimedTable } from '../aws/open-bridge.ts';

/** How many orders are read at once. */
const atOnce = 10;

/** The entries of one partition of the index, which may lag a moment behind the table. */
export function listEntries(
  { dynamodb, table, now }: TimedTable,
  kind: OpenTask['task'],
  until?: string,
): Promise<TaskEntry[]> {
  const index = tasksIndex(dynamodb, { tableName: table, indexName: 'tasks', now });
  return Array.fromAsync(index.waiting(kind, until));
}

/** The partitions of the index whose returns a person must look at. */
async function attentionPartitions({ store }: TableClient): Promise<OpenTask['task'][]> {
  const terms = await store.readUnmappedTerms();
  return ['ATTENTION', ...terms.map(unmappedTask)];
}

/** Orders by their numbers. */
async function readOrders(
  { store }: TableClient,
  ids: readonly string[],
): Promise<ReadonlyMap<string, OrderSnapshot>> {
  const queue = bulkhead(atOnce, Number.POSITIVE_INFINITY);
  const read = [...new Set(ids)].map((id) =>
    queue.execute(async () => [id, await store.readOrder(id)] as const),
  );
  return new Map(await Promise.all(read));
}

/** Reads the orders of these returns, and makes something of each return that its order still has. */
async function fromOrders<T>(
  bridge: TableClient,
  refs: readonly ReturnRef[],
  make: (item: ReturnItem, order: OrderSnapshot) => T | undefined,
): Promise<T[]> {
  const orders = await readOrders(
    bridge,
    refs.map(({ orderId }) => orderId),
  );
  return refs.flatMap((ref) => {
    const order = orders.get(ref.orderId);
    const item = order && returnIn(order, ref);
    return (item && make(item, order)) ?? [];
  });
}

export type WaitingReturn = ReturnType<typeof entryOf>;
type Todo = NonNullable<ReturnType<typeof todoOf>>;
type AskedBridge = TimedTable & Pick<OpenBridge, 'command'>;

/** A return with what a person must do about it, if anything. @param now ISO 8601 UTC */
export function waitingReturn(order: OrderSnapshot, item: ReturnItem, now: string) {
  const todo = todoOf(item, now);
  if (!todo) return undefined;
  const unnamed = { task: item.state === 'NeedsMapping' ? 'unmapped-term' : 'attention' };
  return entryOf(order, item, todo, todo.tasks.length > 0 ? todo.tasks : [unnamed]);
}

/** @param tasks what the kinds of its tasks are, at least one */
function entryOf(order: OrderSnapshot, item: ReturnItem, todo: Todo, tasks: readonly Task[]) {
  const article = articleOf(order, item);
  return { item, todo, tasks, poNumber: article?.poNumber, sku: article?.sku ?? skuOf(item) };
}

/**
 * The returns that are not over and whose order has a parked message, each with the longest parked one. Where
 * ItGoesForward's refusal parked it, the return asks already.
 */
async function parkedReturns(bridge: AskedBridge): Promise<WaitingReturn[]> {
  const parked = Map.groupBy(
    await readParked(bridge.dynamodb, bridge.table, bridge.now()),
    (one) => one.orderId,
  );
  const orders = await readOrders(bridge, [...parked.keys()]);
  return [...parked].flatMap(([orderId, [first]]) => {
    const order = orders.get(orderId);
    if (!first || !order) return [];
    const { eventId, webhook, parkedAt: since, reason } = first;
    const [what, ...command] = isDropped(first, bridge.now())
      ? [
          'SQS has deleted it: do what it reports by hand, then dismiss it',
          'dismiss',
          eventId,
          '--reason',
          '<why>',
        ]
      : ['Correct the cause, then redrive it', 'redrive', '--id', eventId];
    const text = `The bridge gave up on its message ${webhook}: ${reason}. ${what}: ${bridge.command('parked', ...command)}`;
    return order.returns
      .filter((item) => !isDone(item) && !item.refusal)
      .map((item) => entryOf(order, item, { text, since, tasks: [] }, [{ task: 'parked' }]));
  });
}

/** Every return that waits for a person, the longest waiting first. @param now ISO 8601 UTC */
export async function readAttention(bridge: AskedBridge, now = isoTime(bridge.now())) {
  const kinds = await attentionPartitions(bridge);
  const entries = await Promise.all([
    ...kinds.map((kind) => listEntries(bridge, kind)),
    listEntries(bridge, 'WAITING', addSeconds(now, -patienceSeconds)),
  ]);
  const asking = await fromOrders(bridge, entries.flat(), (item, order) => waitingReturn(order, item, now));
  const all = [...asking, ...(await parkedReturns(bridge))];
  return all.sort((one, other) => (one.todo.since < other.todo.since ? -1 : 1));
}

/**
 * The returns of which `mode=observe` kept a call to IGF back, the oldest request first. Without a date of its request,
 * the time when it was first reported counts.
 */
export async function readKeptBack(bridge: TimedTable) {
  const entries = await Promise.all([listEntries(bridge, 'OBSERVED'), listEntries(bridge, 'ATTENTION')]);
  const observed = entries.flat().filter(({ observedOnly }) => observedOnly);
  const all = await fromOrders(bridge, observed, (item, order) =>
    item.observedOnly ? { item, requestedAt: requestedAtOf(order, item) ?? '' } : undefined,
  );
  return all.sort((one, other) => (one.requestedAt < other.requestedAt ? -1 : 1));
}

/**
 * The return that a person names by RMA and item, such as `000000093/90`.
 * @param orderId its order. Without one it is found among the returns that wait for somebody
 * @throws CommandError when there is none, or several
 */
export async function findReturn(
  bridge: TimedTable,
  typed: string,
  orderId: string | undefined,
): Promise<ReturnItem> {
  const isNamed = (ref: ReturnRef): boolean => returnId(ref) === typed;
  const found =
    orderId === undefined
      ? await findWaiting(bridge, isNamed)
      : (await bridge.store.readOrder(orderId)).returns.filter(isNamed);
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

async function findWaiting(bridge: TimedTable, isWanted: (ref: ReturnRef) => boolean): Promise<ReturnItem[]> {
  const kinds = [...(await attentionPartitions(bridge)), 'WAITING', 'OBSERVED'] as const;
  const entries = (await Promise.all(kinds.map((kind) => listEntries(bridge, kind)))).flat();
  return fromOrders(bridge, entries.filter(isWanted), (item) => item);
}
