import type { Command } from 'commander';
import { returnId } from '../../../lib/returns/return-item.ts';
import { addExamples, type Terminal } from '../../cli/command-line.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import { readAttention, type WaitingReturn } from '../attention/waiting-returns.ts';
import { withBridge } from '../aws/open-bridge.ts';
import { addPlaceOptions, modeLine, type PlaceOptions } from '../aws/place.ts';

const calls = 'dynamodb:Query (table and index tasks)';

interface AttentionOptions extends PlaceOptions {
  readonly json?: true;
}

/** Lists every return that waits for a person. */
export function addAttention(bridge: Command, terminal: Terminal): void {
  const { print } = terminal;
  const command = bridge
    .command('attention')
    .summary('list the returns that wait for a person, and what to do')
    .description(
      `Lists every return that waits for a person, the longest waiting first, with what to do and since when.
npx bridge done takes a task off the list.
Exit code 1: returns wait.`,
    )
    .option('--json', 'print a JSON array');
  addExamples(command, 'npx bridge attention --stage prod', 'npx bridge attention --json | jq length');
  addPlaceOptions(command).action(async (options: AttentionOptions) => {
    await withBridge(options, calls, async (bridge) => {
      const waiting = await readAttention(bridge, new Date().toISOString());
      if (waiting.length > 0) terminal.exitCode = 1;
      if (options.json) return print(JSON.stringify(waiting.map(toJson), null, 2));
      print(modeLine(bridge));
      for (const line of waiting.flatMap(format)) print(line);
      print(waiting.length === 0 ? 'No return waits for a person.' : `${plural(waiting.length, 'return')}.`);
    });
  });
}

const kindOf = ({ item, todo }: WaitingReturn): string =>
  todo.tasks[0]?.task ?? (item.state === 'NeedsMapping' ? 'unmapped-term' : 'attention');

const amountOf = ({ todo }: WaitingReturn): number | undefined =>
  todo.tasks.find(({ amount }) => amount !== undefined)?.amount;

function format(found: WaitingReturn): string[] {
  const { item, todo, poNumber } = found;
  const po = poNumber === undefined ? '' : `, PO ${poNumber}`;
  return [
    `order ${item.orderId}${po}, return ${returnId(item)}: ${item.state}, since ${formatTime(todo.since)}`,
    ...indent([todo.text]),
  ];
}

/** Amounts are in EUR, with tax. */
const toJson = (found: WaitingReturn) => ({
  orderId: found.item.orderId,
  poNumber: found.poNumber ?? null,
  rmaId: found.item.rmaId,
  itemId: found.item.itemId,
  kind: kindOf(found),
  text: found.todo.text,
  since: found.todo.since,
  amount: amountOf(found) ?? null,
  currency: 'EUR',
});
