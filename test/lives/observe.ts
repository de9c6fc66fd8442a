import { returnIn } from '../../lib/returns/order.ts';
import { type ReturnItem, type ReturnState, returnId } from '../../lib/returns/return-item.ts';
import type { InMemoryTable } from '../support/doubles/in-memory-table.ts';

/** A change of the stored state of a return, such as `Listed → Matched`. */
export type Transition = string;

export const transition = (from: ReturnState, to: ReturnState): Transition => `${from} → ${to}`;

/** Calls `changed` after each write of a return, with the return as it was and as it is. */
function observeReturns(
  table: InMemoryTable,
  changed: (before: ReturnItem | undefined, after: ReturnItem) => void,
): void {
  const { write, completeClaim } = table;
  table.write = async (entity) => {
    if (entity.kind !== 'return') return write(entity);
    const { content } = entity;
    const before = returnIn(table.order(content.orderId), content);
    const result = await write(entity);
    if (result === 'written') changed(before, content);
    return result;
  };
  table.completeClaim = async (item, token, outcome) => {
    const before = returnIn(table.order(item.orderId), item);
    const result = await completeClaim(item, token, outcome);
    if (result !== 'changed') changed(before, result);
    return result;
  };
}

/** Calls `note` for every change of the stored state of a return. */
export const observeTransitions = (table: InMemoryTable, note: (seen: Transition) => void): void =>
  observeReturns(table, (before, after) => {
    if (before && before.state !== after.state) note(transition(before.state, after.state));
  });

/** Calls `note` with the name of each task that a return newly has. A task that comes back is a new one. */
export const observeTasks = (table: InMemoryTable, note: (task: string, of: string) => void): void =>
  observeReturns(table, (before, after) => {
    const known = before?.tasks?.map(({ task }) => task) ?? [];
    for (const { task } of after.tasks ?? []) if (!known.includes(task)) note(task, returnId(after));
  });
