import { returnIn } from '../../../lib/returns/order.ts';
import { type OpenTask, openTaskOf } from '../../../lib/table/open-task.ts';
import type { TaskEntry, TasksIndex } from '../../../lib/table/tasks-index.ts';
import type { InMemoryTable } from './in-memory-table.ts';

/** The index `tasks` over the table in memory, without a lag. Entries that a test adds to `stale` are shown as they are. */
export class InMemoryTasksIndex implements TasksIndex {
  /** Order ids of the returns that were moved to the back. */
  readonly polled: string[] = [];
  readonly stale: TaskEntry[] = [];
  readonly #table: InMemoryTable;
  readonly #orderIds: readonly string[];

  constructor(table: InMemoryTable, orderIds: readonly string[]) {
    this.#table = table;
    this.#orderIds = orderIds;
  }

  async *waiting(kind: OpenTask['task'], until = '9999'): AsyncGenerator<TaskEntry> {
    const entries = this.#orderIds
      .flatMap((orderId) => this.#table.order(orderId).returns)
      .flatMap((item) => {
        const task = openTaskOf(item);
        return task?.task === kind && task.due <= until ? [{ ...item, task: kind, due: task.due }] : [];
      })
      .sort((one, other) => (one.due < other.due ? -1 : 1));
    for (const { due, ...entry } of entries) yield entry;
    for (const entry of this.stale) if (entry.task === kind) yield entry;
  }

  async markPolled(entry: TaskEntry, at: string): Promise<void> {
    this.polled.push(entry.orderId);
    const item = returnIn(this.#table.order(entry.orderId), entry);
    if (item) await this.#table.write({ kind: 'return', content: { ...item, lastUpdateAt: at } });
  }
}
