import { type Work, workOf } from '../../../lib/table/open-task.ts';
import type { WorkEntry, WorkIndex } from '../../../lib/table/tasks-index.ts';
import type { InMemoryTable } from './in-memory-table.ts';

/** The index `work` over the table in memory, without a lag; what a test adds to `stale` is shown as it is. */
export class InMemoryWorkIndex implements WorkIndex {
  /** Returns that were put behind the others. */
  readonly noted: string[] = [];
  readonly stale: WorkEntry[] = [];
  readonly #table: InMemoryTable;
  readonly #orderIds: readonly string[];

  constructor(table: InMemoryTable, orderIds: readonly string[]) {
    this.#table = table;
    this.#orderIds = orderIds;
  }

  async *waiting(kind: Work['work'], until = '9999'): AsyncGenerator<WorkEntry> {
    const entries = this.#orderIds
      .flatMap((orderId) => this.#table.story(orderId).returns)
      .flatMap((item) => {
        const work = workOf(item);
        return work?.work === kind && work.due <= until ? [{ ...item, work: kind, due: work.due }] : [];
      })
      .sort((one, other) => (one.due < other.due ? -1 : 1));
    for (const { due, ...entry } of entries) yield entry;
    for (const entry of this.stale) if (entry.work === kind) yield entry;
  }

  async noteAsked({ orderId, rmaId, itemId }: WorkEntry, at: string): Promise<void> {
    this.noted.push(orderId);
    const item = this.#table
      .story(orderId)
      .returns.find((one) => one.rmaId === rmaId && one.itemId === itemId);
    if (item) await this.#table.write({ kind: 'return', content: { ...item, heardAt: at } });
  }
}
