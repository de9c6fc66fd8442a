import { z } from 'zod';
import { refOf } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { commandFor } from '../../../lib/returns/tasks.ts';
import { formatAmount, formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine, type OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { maybe, maybeNumber, returnFields, text } from '../result-fields.ts';
import { readAttention, type WaitingReturn } from '../returns/waiting-returns.ts';

const Attention = z.array(
  z.object({
    ...returnFields,
    poNumber: maybe('the purchase order'),
    kind: text('the first task, such as refund-due or parked; with --kind, the task of that kind'),
    text: text('what is to be done'),
    since: text('since when it waits'),
    amount: maybeNumber('what is to be paid, when the task is about an amount'),
    currency: text('of the amount'),
  }),
);

type Entry = z.input<typeof Attention>[number] & WaitingReturn;

export const attentionCommand = bridgeCommand<{ readonly kind?: string }, typeof Attention, Entry[]>({
  name: 'attention',
  summary: 'list the returns that wait for a person, and what to do',
  description: `Lists every return that waits for a person, with what to do and since when. The longest
    waiting comes first. npx bridge done takes a task off the list.`,
  exit1: 'returns wait',
  examples: [
    'npx bridge attention --stage prod',
    'npx bridge attention --kind refund',
    'npx bridge attention --json | jq length',
  ],
  result: Attention,
  parameters: (command) =>
    command.option('--kind <word>', 'only tasks whose kind has this word, such as refund or waits'),
  async run({ bridge, options: { kind } }) {
    const result = (await readAttention(bridge)).flatMap((waiting) => entryOf(waiting, kind));
    return { result, exitCode: result.length > 0 ? 1 : 0 };
  },
  format(entries, { bridge, options }) {
    const amounts = entries.flatMap(({ amount }) => amount ?? []);
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    const kind = options.kind === undefined ? '' : ` with ${options.kind}`;
    // A return may ask twice: for itself, and for a parked message of its order.
    const returns = new Set(entries.map(({ item }) => `${item.orderId} ${returnId(item)}`));
    return [
      modeLine(bridge),
      ...entries.flatMap((entry) => formatEntry(entry, bridge)),
      entries.length === 0
        ? `No return waits for a person${kind}.`
        : `${plural(returns.size, 'return')}${amounts.length > 0 ? `, ${formatAmount(sum)} in all` : ''}.`,
    ];
  },
});

/** @param wanted a word of the kind */
function entryOf(waiting: WaitingReturn, wanted = ''): Entry[] {
  const found = waiting.tasks.filter(({ task }) => task.includes(wanted));
  const [first] = found;
  if (!first) return [];
  const { amount } = found.find((task) => task.amount !== undefined) ?? {};
  const { text, since } = waiting.todo;
  return [{ ...waiting, ...refOf(waiting.item), kind: first.task, text, since, amount, currency: 'EUR' }];
}

function formatEntry(
  { item, todo, sku, poNumber, kind, since, amount, text }: Entry,
  { command, stage }: OpenBridge,
): string[] {
  const id = returnId(item);
  const done = command('done', id, '--order', item.orderId, '--note', '<what was done>');
  const price = typeof amount === 'number' && formatAmount(amount);
  return [
    `order ${item.orderId}${poNumber ? `, PO ${poNumber}` : ''}, return ${id}: ${item.state}`,
    ...indent([
      [sku, kind, price, `since ${formatTime(since)}`].filter(Boolean).join(', '),
      text,
      ...(kind === 'parked' ? [] : [commandFor(todo.tasks, stage.name) ?? done]),
    ]),
  ];
}
