import { type OpenTask, openTaskOf } from '../../../lib/table/open-task.ts';
import type { TaskEntry, TasksIndex } from '../../../lib/table/tasks-index.ts';
import type { InMemoryTable } from './in-memory-table.ts';

/** The index `tasks` over the table in memory, without a lag; what a test adds to `stale` is shown as it is. */
export class InMemoryWorkIndex implements TasksIndex {
  /** Returns that were put behind the others. */
  readonly noted: string[] = [];
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

  async markPolled({ orderId, rmaId, itemId }: TaskEntry, at: string): Promise<void> {
    this.noted.push(orderId);
    const item = this.#table
      .order(orderId)
      .returns.find((one) => one.rmaId === rmaId && one.itemId === itemId);
    if (item) await this.#table.write({ kind: 'return', content: { ...item, lastUpdateAt: at } });
  }
}
