import { userInfo } from 'node:os';
import { returnId, type Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { modeLine, type TableClient } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { formatSteps } from '../preview/format-preview.ts';
import { answerTasks, changeAndAdvance, previewChange } from '../returns/change-return.ts';
import { findReturn } from '../returns/waiting-returns.ts';

interface DoneOptions {
  readonly note: string;
  readonly by?: string;
  readonly order?: string;
}

export const doneCommand = bridgeCommand<DoneOptions>({
  name: 'done',
  summary: 'store that a person did what a return needed',
  description: `Stores that a person did what npx bridge attention prints about a return: the tasks, the
    note, who and when. The worker then decides again about its order, within seconds. A task is asked again
    only with another amount.`,
  exit1: 'nothing is to be done about the return',
  examples: ['npx bridge done 000000093/90 --note "refunded on Monday" --stage prod'],
  parameters: (command) =>
    command
      .argument('<return>', 'RMA and item, as npx bridge attention prints them: 000000093/90')
      .requiredOption('--note <text>', 'what was done, for those who look at the order later')
      .option('--by <name>', 'who did it; default: your user name on this machine')
      .option('--order <order>', "Winkelstraat's order number, when several orders have such a return"),
  dryRun: 'print what would change, and change nothing',
  check({ note }) {
    if (note.trim() === '') throw new UsageError('The note is empty: say what was done.');
  },
  async run({ bridge, options, isPreview, print }, typed: string) {
    const { note, by = userInfo().username } = options;
    const remark = { note: note.trim(), by, at: isoTime(bridge.now()) };
    const item = await findReturn(bridge, typed, options.order);
    const todo = todoOf(item, remark.at);
    const tasks = todo?.tasks ?? [];
    if (tasks.length === 0) {
      throw new CommandError(
        `Return ${typed} of order ${item.orderId} needs no person. It is ${item.state}: ${item.why}`,
      );
    }
    const change = (table: TableClient) => answerTasks(table, item, tasks, remark);
    const previewed = await previewChange(bridge, item, change);
    const steps = previewed ? formatSteps(previewed, bridge.now()) : [];
    print(
      modeLine(bridge),
      `Order ${item.orderId}, return ${returnId(item)}: ${tasks.map(formatTask).join(', ')}`,
      `  before  ${item.state}. ${todo?.text ?? ''}`,
      ...steps.map((step, at) => `  ${at === 0 ? 'after ' : '      '}  ${step}`),
    );
    if (isPreview) return print('Nothing was changed.');
    const result = await changeAndAdvance(bridge, item.orderId, `DONE#${typed}#${remark.at}`, change);
    print(`Stored, by ${by}. ${result}`);
  },
});

const formatTask = ({ task, amount }: Task): string =>
  amount === undefined ? task : `${task} (EUR ${amount.toFixed(2)})`;
