import { z } from 'zod';
import { shellCommand } from '../../../lib/returns/npx-bridge.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { wholeNumber } from '../../cli/command-line.ts';
import { formatTime, indent, plural } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { countingItems } from '../find/scan.ts';
import { readGaps } from '../gaps/read-gaps.ts';
import { list, maybePart, number, returnFields, text } from '../result-fields.ts';

const gap = {
  ...returnFields,
  state: text('of the return'),
  kind: text(
    'what is missing: shipment, delivery, track, units, status or decided-in-part; next-status; poll',
  ),
  since: text('since when'),
  what: text('what is missing, in words'),
  mail: maybePart(
    { to: text('the address'), text: text('the text') },
    'the mail that has it sent again (stock-hub)',
  ),
  call: maybePart(
    {
      url: text('where to POST'),
      body: z.record(z.string(), text('a field of it')).meta({ description: 'the JSON to post' }),
    },
    'the call that has it sent again (push-api)',
  ),
};
const Gaps = z.object({
  total: number('how many returns have a gap'),
  gaps: list(gap, 'the longest silent first'),
});

export const gapsCommand = bridgeCommand<{ readonly silent: number }, typeof Gaps>({
  name: 'gaps',
  summary: 'list the returns of which something is missing, and how to get it sent again',
  description: `Lists each return that has waited for a day for something that Winkelstraat should have sent,
    such as the shipment of its RMA. Also lists each RMA without a new status for some days. Below it is the call
    of Winkelstraat's API, or the mail, that has the webhook sent again. Returns that the reconciler could not
    ask ItGoesForward about for a day are listed, too. The command reads the whole table.`,
  exit1: 'something is missing',
  examples: ['npx bridge gaps --stage prod', 'npx bridge gaps --silent 3 --json'],
  result: Gaps,
  parameters: (command) =>
    command.option(
      '--silent <days>',
      'an RMA that waits for the merchant counts after so many days without news',
      wholeNumber({ least: 1 }),
      7,
    ),
  async run({ bridge, options: { silent } }) {
    const gaps = await countingItems((progress) => readGaps(bridge, silent, progress));
    return { result: { total: gaps.length, gaps }, exitCode: gaps.length > 0 ? 1 : 0 };
  },
  format: ({ gaps }, { bridge }) => [
    ...gaps.flatMap((gap) => [
      `order ${gap.orderId}, return ${returnId(gap)}: ${gap.state}, since ${formatTime(gap.since)}`,
      ...indent([`missing: ${gap.what}`, ...remedy(gap, bridge)]),
    ]),
    gaps.length === 0 ? 'Nothing is missing.' : `Something is missing of ${plural(gaps.length, 'return')}.`,
  ],
});

function remedy({ mail, call }: z.input<typeof Gaps>['gaps'][number], { command }: OpenBridge): string[] {
  if (mail) return [`Mail ${mail.to}: "${mail.text}."`];
  if (!call) return [command('status')];
  const type = 'content-type: application/json';
  return [shellCommand('curl', '-X', 'POST', call.url, '-H', type, '-d', JSON.stringify(call.body))];
}
