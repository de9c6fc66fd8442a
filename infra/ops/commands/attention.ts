import { returnId } from '../../../lib/returns/return-item.ts';
import { commandFor } from '../../../lib/returns/tasks.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { readAttention, type WaitingReturn } from '../returns/waiting-returns.ts';

export const attentionCommand = bridgeCommand<{ readonly json?: true }>({
  name: 'attention',
  summary: 'list the returns that wait for a person, and what to do',
  description: `Lists every return that waits for a person, with what to do and since when. The longest
    waiting comes first. npx bridge done takes a task off the list.`,
  exit1: 'returns wait',
  examples: ['npx bridge attention --stage prod', 'npx bridge attention --json | jq length'],
  parameters: (command) => command.option('--json', 'print a JSON array'),
  async run({ bridge, options, print }) {
    const waiting = await readAttention(bridge, isoTime(bridge.now()));
    if (options.json) print(JSON.stringify(waiting.map(toJson), null, 2));
    else {
      print(modeLine(bridge), ...waiting.flatMap((each) => format(each, bridge.stage.name)));
      print(waiting.length === 0 ? 'No return waits for a person.' : `${plural(waiting.length, 'return')}.`);
    }
    return waiting.length > 0 ? 1 : 0;
  },
});

function format({ item, todo, poNumber }: WaitingReturn, stage: string): string[] {
  const po = poNumber === undefined ? '' : `, PO ${poNumber}`;
  return [
    `order ${item.orderId}${po}, return ${returnId(item)}: ${item.state}, since ${formatTime(todo.since)}`,
    ...indent([todo.text, commandFor(todo.tasks, stage) ?? []].flat()),
  ];
}

/** Amounts are in EUR, with tax. */
const toJson = ({ item, todo, poNumber }: WaitingReturn) => ({
  orderId: item.orderId,
  poNumber: poNumber ?? null,
  rmaId: item.rmaId,
  itemId: item.itemId,
  kind: todo.tasks[0]?.task ?? (item.state === 'NeedsMapping' ? 'unmapped-term' : 'attention'),
  text: todo.text,
  since: todo.since,
  amount: todo.tasks.find(({ amount }) => amount !== undefined)?.amount ?? null,
  currency: 'EUR',
});
