import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { isSameReturn } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId, type Task } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/todo.ts';
import { addExamples, CommandError, type Terminal, UsageError } from '../../cli/command-line.ts';
import { indent, shellCommand } from '../../cli/output.ts';
import { sendAdvance } from '../advance/send-advance.ts';
import { answerTasks, type Remark } from '../attention/answer.ts';
import { findReturn } from '../attention/waiting-returns.ts';
import { type OpenBridge, withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, modeLine, type PlaceOptions } from '../aws/place.ts';
import { formatSteps } from '../preview/format-preview.ts';
import { previewAdvance } from '../preview/preview-advance.ts';
import { withPreviews } from '../preview/preview-message.ts';

const calls = 'dynamodb:Query and PutItem (table and index tasks), sqs:SendMessage';

interface DoneOptions extends PlaceOptions {
  readonly note: string;
  readonly by?: string;
  readonly order?: string;
  readonly dryRun?: true;
}

/** Stores that a person did what a return asked for. */
export function addDone(bridge: Command, { print }: Terminal): void {
  const command = bridge
    .command('done')
    .argument('<return>', 'RMA and item, as npx bridge attention prints them: 000000093/90')
    .summary('say that what a return asks for is done')
    .description(
      `Stores that a person did what npx bridge attention prints about a return: the tasks, the note, who and when.
The worker then decides again about its order, within seconds. A task is asked again only with another amount.
Exit code 1: the return asks for nothing.`,
    )
    .requiredOption('--note <text>', 'what was done, for those who look at the order later')
    .option('--by <name>', 'who did it; default: your user name on this machine')
    .option('--order <order>', "Winkelstraat's order number, when several orders have such a return")
    .option('--dry-run', 'print what would change, and change nothing');
  addExamples(command, 'npx bridge done 000000093/90 --note "refunded on Monday" --stage prod');
  addPlaceOptions(command).action(async (typed: string, options: DoneOptions) => {
    const note = options.note.trim();
    if (note === '') throw new UsageError('The note is empty: say what was done.');
    const remark = { note, by: options.by ?? userInfo().username, at: new Date().toISOString() };
    await withBridge(options, calls, async (bridge) => {
      const item = await findReturn(bridge, typed, options.order);
      const todo = todoOf(item, remark.at);
      if (!todo || todo.tasks.length === 0) {
        throw new CommandError(
          `Return ${typed} of order ${item.orderId} asks for nothing. It is ${item.state}: ${item.why}`,
        );
      }
      print(modeLine(bridge));
      for (const line of await describe(bridge, item, todo.tasks, remark)) print(line);
      if (options.dryRun) return print('Nothing was changed.');
      // Without a queue nothing may be stored.
      bridge.queueUrl();
      await answerTasks(bridge, item, todo.tasks, remark);
      await sendAdvance(bridge, item.orderId, `DONE#${typed}#${remark.at}`, randomUUID());
      print(
        `Stored, by ${remark.by}. ${shellCommand('npx', 'bridge', 'order', item.orderId)} shows the result.`,
      );
    });
  });
}

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
  const names = tasks.map(({ task, amount }) =>
    amount === undefined ? task : `${task} (EUR ${amount.toFixed(2)})`,
  );
  return [
    `Order ${item.orderId}, return ${returnId(item)}: ${names.join(', ')}`,
    ...indent([
      `before  ${item.state}. ${todoOf(item, remark.at)?.text ?? ''}`,
      ...(previewed ? formatSteps(previewed, Date.now()) : []).map(
        (step, at) => `${at === 0 ? 'after ' : '      '}  ${step}`,
      ),
    ]),
  ];
}
