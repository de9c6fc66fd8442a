import { z } from 'zod';
import { isSameReturn } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError, said } from '../../cli/command-line.ts';
import { formatAmount } from '../../cli/output.ts';
import { modeLine, type TableClient } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { Previewed } from '../preview/format-preview.ts';
import { flag, list, maybeNumber, maybePart, returnFields, text } from '../result-fields.ts';
import { answerTasks, makeChange, previewChange } from '../returns/change-return.ts';
import { findReturn } from '../returns/waiting-returns.ts';

interface DoneOptions {
  readonly note: string;
  readonly order?: string;
}

const Done = z.object({
  ...returnFields,
  tasks: list(
    { task: text('the kind of task'), amount: maybeNumber('what it is about') },
    'what counts as done',
  ),
  state: text('the state of the return before'),
  text: text('what was to be done'),
  preview: maybePart(Previewed.shape, 'what the worker then does'),
  by: text('who did it'),
  stored: flag('false with --dry-run'),
});

export const doneCommand = bridgeCommand<DoneOptions, typeof Done>({
  name: 'done',
  summary: 'store that a person did what a return needed',
  description: `Stores that a person did what npx bridge attention prints about a return: the tasks, the
    note, who and when. The worker then decides again about its order, within seconds. A task is asked again
    only with another amount.`,
  exit1: 'nothing is to be done about the return',
  examples: ['npx bridge done 000000093/90 --note "refunded on Monday" --stage prod'],
  result: Done,
  parameters: (command) =>
    command
      .argument('<return>', 'RMA and item, as npx bridge attention prints them: 000000093/90')
      .requiredOption('--note <text>', 'what was done, for those who look at the order later', said)
      .option('--order <order>', "Winkelstraat's order number, when several orders have such a return"),
  by: 'who did it',
  dryRun: 'print what would change, and change nothing',
  async run({ bridge, options, isPreview }, typed: string) {
    const by = await bridge.caller();
    const remark = { note: options.note, by, at: isoTime(bridge.now()) };
    const item = await findReturn(bridge, typed, options.order);
    const { orderId, rmaId, itemId, state } = item;
    const todo = todoOf(item, remark.at);
    if (!todo || todo.tasks.length === 0) {
      throw new CommandError(
        `Return ${typed} of order ${orderId} needs no person. It is ${state}: ${item.why}`,
      );
    }
    const write = (table: TableClient) => answerTasks(table, item, todo.tasks, remark);
    const change = { orders: [orderId], cause: `DONE#${typed}#${remark.at}`, by, write };
    const [preview = null] = await previewChange(bridge, change, (ref) => isSameReturn(ref, item));
    if (!isPreview) await makeChange(bridge, change);
    const result = { orderId, rmaId, itemId, tasks: [...todo.tasks], state, text: todo.text };
    return { result: { ...result, preview, by, stored: !isPreview } };
  },
  format({ orderId, tasks, state, text, preview, by, stored, ...ref }, { bridge }) {
    const names = tasks.map(({ task, amount }) =>
      typeof amount === 'number' ? `${task} (${formatAmount(amount)})` : task,
    );
    return [
      modeLine(bridge),
      `Order ${orderId}, return ${returnId(ref)}: ${names.join(', ')}`,
      `  before  ${state}. ${text}`,
      ...(preview?.steps ?? []).map((step, at) => `  ${at === 0 ? 'after ' : '      '}  ${step}`),
      stored
        ? `Stored, by ${by}. This shows the result: ${bridge.command('order', orderId)}`
        : 'Nothing was changed.',
    ];
  },
});
