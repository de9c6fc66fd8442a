import { userInfo } from 'node:os';
import { isSameReturn } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId, type Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { CommandError, UsageError } from '../../cli/command-line.ts';
import { indent } from '../../cli/output.ts';
import { modeLine, type OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { formatSteps } from '../preview/format-preview.ts';
import { withPreviews } from '../preview/preview-message.ts';
import { answerTasks, changeAndAdvance, previewAdvance, type Remark } from '../returns/change-return.ts';
import { findReturn } from '../returns/waiting-returns.ts';

interface DoneOptions {
  readonly note: string;
  readonly by?: string;
  readonly order?: string;
}

export const done = bridgeCommand<DoneOptions>({
  name: 'done',
  summary: 'store that a person did what a return asks for',
  description: `Stores that a person did what npx bridge attention prints about a return: the tasks, the note, who and when.
    The worker then decides again about its order, within seconds. A task is asked again only with another amount.`,
  exit1: 'the return asks for nothing',
  examples: ['npx bridge done 000000093/90 --note "refunded on Monday" --stage prod'],
  parameters: (command) =>
    command
      .argument('<return>', 'RMA and item, as npx bridge attention prints them: 000000093/90')
      .requiredOption('--note <text>', 'what was done, for those who look at the order later')
      .option('--by <name>', 'who did it; default: your user name on this machine')
      .option('--order <order>', "Winkelstraat's order number, when several orders have such a return"),
  dryRun: 'print what would change, and change nothing',
  calls: 'dynamodb:Query and PutItem (table and index tasks), sqs:SendMessage',
  check({ note }) {
    if (note.trim() === '') throw new UsageError('The note is empty: say what was done.');
  },
  async run({ bridge, options, isPreview, print }, typed: string) {
    const { note, by = userInfo().username } = options;
    const remark = { note: note.trim(), by, at: new Date().toISOString() };
    const item = await findReturn(bridge, typed, options.order);
    const { tasks = [] } = todoOf(item, remark.at) ?? {};
    if (tasks.length === 0) {
      throw new CommandError(
        `Return ${typed} of order ${item.orderId} asks for nothing. It is ${item.state}: ${item.why}`,
      );
    }
    print(modeLine(bridge), ...(await describe(bridge, item, tasks, remark)));
    if (isPreview) return print('Nothing was changed.');
    const cause = `DONE#${typed}#${remark.at}`;
    const result = await changeAndAdvance(bridge, item.orderId, cause, (table) =>
      answerTasks(table, item, tasks, remark),
    );
    print(`Stored, by ${by}. ${result}`);
  },
});

/** The return before and after. */
async function describe(
  bridge: OpenBridge,
  item: ReturnItem,
  tasks: readonly Task[],
  remark: Remark,
): Promise<string[]> {
  const returns = await withPreviews(bridge, (preview) =>
    previewAdvance(preview, item.orderId, (overlay) => answerTasks(overlay, item, tasks, remark)),
  );
  const previewed = returns.find(({ after }) => isSameReturn(after, item));
  const steps = previewed ? formatSteps(previewed, Date.now()) : [];
  const names = tasks.map(({ task, amount }) =>
    amount === undefined ? task : `${task} (EUR ${amount.toFixed(2)})`,
  );
  return [
    `Order ${item.orderId}, return ${returnId(item)}: ${names.join(', ')}`,
    ...indent([
      `before  ${item.state}. ${todoOf(item, remark.at)?.text ?? ''}`,
      ...steps.map((step, at) => `${at === 0 ? 'after ' : '      '}  ${step}`),
    ]),
  ];
}
