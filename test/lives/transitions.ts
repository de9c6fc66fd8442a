import { returnIn } from '../../lib/returns/order.ts';
import type { ReturnState } from '../../lib/returns/return-item.ts';
import type { InMemoryTable } from '../support/doubles/in-memory-table.ts';

/** From one stored state of a return to the next, such as `Listed → Matched`. */
export type Transition = `${ReturnState} → ${ReturnState}`;

/** Collects every change of the stored state of a return. */
export function collectTransitions(table: InMemoryTable, into: Set<Transition>): void {
  const { write, completeClaim } = table;
  const note = (before: ReturnState | undefined, after: ReturnState): void => {
    if (before !== undefined && before !== after) into.add(`${before} → ${after}`);
  };
  table.write = async (entity) => {
    if (entity.kind !== 'return') return write(entity);
    const { content } = entity;
    const before = returnIn(table.order(content.orderId), content)?.state;
    const result = await write(entity);
    if (result === 'written') note(before, content.state);
    return result;
  };
  table.completeClaim = async (item, token, outcome) => {
    const before = returnIn(table.order(item.orderId), item)?.state;
    const result = await completeClaim(item, token, outcome);
    if (result !== 'changed') note(before, result.state);
    return result;
  };
}
