import { isEqual } from '../../../lib/returns/merge.ts';
import { type ReturnRef, returnIn } from '../../../lib/returns/order.ts';
import type { Answer, ReturnItem, Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/todo.ts';
import { bridgeTable } from '../../../lib/table/bridge-table.ts';
import { updateReturn } from '../../../lib/table/optimistic-update.ts';
import { CommandError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** Who did a task, when, and what there is to say about it. */
export type Remark = Pick<Answer, 'note' | 'by' | 'at'>;

/**
 * Stores on a return that a person has done these tasks.
 * @throws CommandError when the return asks for other tasks now, or for none
 */
export async function answerTasks(
  { dynamodb, table }: Pick<OpenBridge, 'dynamodb' | 'table'>,
  ref: ReturnRef,
  tasks: readonly Task[],
  remark: Remark,
): Promise<void> {
  const written = tasks.map((task): Answer => ({ ...task, ...remark }));
  const isStored = (item: ReturnItem | undefined): boolean =>
    written.every((answer) => item?.answers?.some((other) => isEqual(other, answer)));
  const order = await updateReturn(
    ref,
    (item) =>
      isStored(item) || !isEqual(todoOf(item, remark.at)?.tasks, tasks)
        ? undefined
        : { ...item, answers: [...(item.answers ?? []), ...written] },
    bridgeTable(dynamodb, table),
  );
  if (!isStored(returnIn(order, ref))) {
    throw new CommandError('The return asks for something else by now: npx bridge attention lists it.');
  }
}
