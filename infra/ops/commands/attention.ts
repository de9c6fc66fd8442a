import { z } from 'zod';
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
    kind: text('the first task, such as refund-due; with --kind, the task of that kind'),
    text: text('what is to be done'),
    since: text('since when it waits'),
    amount: maybeNumber('what is to be paid, when the task is about an amount'),
    currency: text('of the amount'),
  }),
);

type Entry = z.infer<typeof Attention>[number] & { readonly waiting: WaitingReturn };

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
    const entries = (await readAttention(bridge)).flatMap((waiting) => entryOf(waiting, kind));
    return { result: entries, exitCode: entries.length > 0 ? 1 : 0 };
  },
  format(entries, { bridge, options }) {
    const amounts = entries.flatMap(({ amount }) => amount ?? []);
    const sum = amounts.reduce((total, amount) => total + amount, 0);
    const kind = options.kind === undefined ? '' : ` with ${options.kind}`;
    return [
      modeLine(bridge),
      ...entries.flatMap((entry) => formatEntry(entry, bridge)),
      entries.length === 0
        ? `No return waits for a person${kind}.`
        : `${plural(entries.length, 'return')}${amounts.length > 0 ? `, ${formatAmount(sum)} in all` : ''}.`,
    ];
  },
});

/** @param wanted a word of the kind */
function entryOf(waiting: WaitingReturn, wanted = ''): Entry[] {
  const { item, todo, tasks, poNumber = null } = waiting;
  const { orderId, rmaId, itemId } = item;
  const found = tasks.filter(({ task }) => task.includes(wanted));
  const [first] = found;
  if (!first) return [];
  const { amount = null } = found.find((task) => task.amount !== undefined) ?? {};
  const { text, since } = todo;
  return [
    { orderId, poNumber, rmaId, itemId, kind: first.task, text, since, amount, currency: 'EUR', waiting },
  ];
}

function formatEntry(
  { waiting: { item, todo, sku }, ...entry }: Entry,
  { command, stage }: OpenBridge,
): string[] {
  const { orderId, poNumber, kind, since, amount, text } = entry;
  const id = returnId(item);
  const done = command('done', id, '--order', orderId, '--note', '<what was done>');
  return [
    `order ${orderId}${poNumber === null ? '' : `, PO ${poNumber}`}, return ${id}: ${item.state}`,
    ...indent([
      [sku, kind, amount !== null && formatAmount(amount), `since ${formatTime(since)}`]
        .filter(Boolean)
        .join(', '),
      text,
      commandFor(todo.tasks, stage.name) ?? done,
    ]),
  ];
}
