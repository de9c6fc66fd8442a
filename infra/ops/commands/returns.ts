import { z } from 'zod';
import { skuOf } from '../../../lib/returns/article.ts';
import { type ReturnState, returnId, returnStates } from '../../../lib/returns/return-item.ts';
import { oneOf } from '../../cli/command-line.ts';
import { formatTime, indent } from '../../cli/output.ts';
import type { Since } from '../../cli/since.ts';
import { bridgeCommand } from '../command.ts';
import { listReturns, reportedAt } from '../find/list.ts';
import { countingItems } from '../find/scan.ts';
import { limitOption, sinceOption, totalLine } from '../list-options.ts';
import {
  counts,
  list,
  maybe,
  maybeNumber,
  number,
  oneOfThese,
  returnFields,
  text,
} from '../result-fields.ts';

const listed = {
  ...returnFields,
  state: oneOfThese(returnStates, 'see docs/life-of-a-return.md'),
  sku: maybe('the article'),
  reportedAt: maybe('when its first webhook came'),
  why: text('the reason of its state'),
  attention: maybe('what a person must do'),
  listingId: maybeNumber('its listing at ItGoesForward'),
};
const Returns = z.object({
  total: number('how many returns there are'),
  states: counts('how many of them are in each state'),
  returns: list(listed, 'the newest first, at most --limit'),
});

interface Options {
  readonly state?: ReturnState;
  readonly since?: Since;
  readonly limit: number;
}

export const returnsCommand = bridgeCommand<Options, typeof Returns>({
  name: 'returns',
  summary: 'list returns with their states',
  description: `Lists the returns, the newest first, and counts them by state. It reads the whole table.`,
  examples: ['npx bridge returns --stage prod', 'npx bridge returns --state Listed --since 7d'],
  result: Returns,
  parameters: (command) =>
    command
      .option('--state <state>', `only this one: ${returnStates.join(', ')}`, oneOf(returnStates))
      .addOption(sinceOption('reported'))
      .addOption(limitOption()),
  async run({ bridge, options }) {
    const from = options.since?.(bridge.now()) ?? '';
    const read = await countingItems((progress) => listReturns(bridge, progress));
    const all = read.filter(
      (item) => reportedAt(item) >= from && (options.state ?? item.state) === item.state,
    );
    const groups = Map.groupBy(all, ({ state }) => state);
    const states = returnStates.flatMap((state) => {
      const { length = 0 } = groups.get(state) ?? [];
      return length > 0 ? [[state, length] as const] : [];
    });
    const returns = all.slice(0, options.limit).map((item) => ({
      orderId: item.orderId,
      rmaId: item.rmaId,
      itemId: item.itemId,
      state: item.state,
      sku: skuOf(item) ?? null,
      reportedAt: reportedAt(item) || null,
      why: item.why,
      attention: item.attention ?? null,
      listingId: item.listingId ?? null,
    }));
    return { result: { total: all.length, states: Object.fromEntries(states), returns } };
  },
  format: ({ total, states, returns }) => [
    ...returns.flatMap(({ orderId, state, sku, reportedAt: at, why, attention, ...ids }) => [
      [`order ${orderId}`, `return ${returnId(ids)}`, state, sku, at && `since ${formatTime(at)}`]
        .filter(Boolean)
        .join(', '),
      ...indent([why, ...(attention === null ? [] : [attention])]),
    ]),
    totalLine('return', total, returns.length, states),
  ],
});
