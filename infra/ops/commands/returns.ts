import { z } from 'zod';
import { skuOf } from '../../../lib/returns/article.ts';
import { type ReturnState, returnId, returnStates } from '../../../lib/returns/return-item.ts';
import { oneOf } from '../../cli/command-line.ts';
import { formatTime, indent } from '../../cli/output.ts';
import type { Since } from '../../cli/since.ts';
import { bridgeCommand } from '../command.ts';
import { listReturns, reportedAt } from '../find/list.ts';
import { countingItems } from '../find/scan.ts';
import { countBy, limitOption, sinceOption, totalLine } from '../lists.ts';
import * as field from '../result-fields.ts';

const Returns = z.object({
  total: field.number('how many returns there are'),
  states: field.counts('how many of them are in each state'),
  returns: field.list(
    {
      ...field.returnFields,
      state: field.oneOfThese(returnStates, 'see docs/life-of-a-return.md'),
      sku: field.maybe('the article'),
      reportedAt: field.maybe('when its first webhook came'),
      why: field.text('the reason of its state'),
      attention: field.maybe('what a person must do'),
      listingId: field.maybeNumber('its listing at ItGoesForward'),
    },
    'the newest first, at most --limit',
  ),
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
    const all = (await countingItems((progress) => listReturns(bridge, progress))).filter(
      (item) => reportedAt(item) >= from && (options.state ?? item.state) === item.state,
    );
    const inOrder = all.toSorted((one, other) => rankOf(one.state) - rankOf(other.state));
    const returns = all
      .slice(0, options.limit)
      .map((item) => ({ ...item, sku: skuOf(item), reportedAt: reportedAt(item) || null }));
    return { result: { total: all.length, states: countBy(inOrder, ({ state }) => state), returns } };
  },
  format: ({ total, states, returns }) => [
    ...returns.flatMap(({ orderId, state, sku, reportedAt: at, why, attention, ...ids }) => [
      [`order ${orderId}`, `return ${returnId(ids)}`, state, sku, at && `since ${formatTime(at)}`]
        .filter(Boolean)
        .join(', '),
      ...indent([why, ...(attention ? [attention] : [])]),
    ]),
    totalLine('return', total, returns.length, states),
  ],
});

const rankOf = (state: ReturnState): number => returnStates.indexOf(state);
