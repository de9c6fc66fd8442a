import { z } from 'zod';
import { UsageError, wholeNumber } from '../../cli/command-line.ts';
import { columns, counting, indent, progress } from '../../cli/output.ts';
import type { PlaceOptions } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { list, texts } from '../result-fields.ts';
import { inJson, newOrderId } from '../send/example-body.ts';
import { checkPlayground } from '../send/playground.ts';
import {
  changedExample,
  runScenario,
  StepResult,
  scenarios,
  sendBody,
  stepsOf,
  textOf,
} from '../send/scenario.ts';

const Sending = z.object({
  orders: texts('the numbers of the orders'),
  steps: list(StepResult.shape, 'what happened, in its order'),
  bodies: z.array(z.unknown()).meta({ description: 'with --dry-run: the bodies of the webhook' }),
});

interface SendOptions extends PlaceOptions {
  readonly scenario?: string;
  readonly order?: string;
  readonly set?: readonly string[];
  readonly times: number;
}

export const sendCommand = bridgeCommand<SendOptions, typeof Sending>({
  name: 'send',
  summary: 'send an example of a webhook, or play a scenario, with fresh numbers',
  description: `Sends the vendor's own example of a webhook as its sender does, with fresh numbers and recent dates. With
    --order they belong to that order: the same order number gives the same RMA again. A scenario sends some webhooks,
    and lets things happen at the IGF simulator. With mode=observe it only sends the webhooks. A deployed stage with
    mode=live is refused.`,
  exit1: 'a webhook was not accepted, or a scenario did not get as far as it should',
  examples: [
    'npx bridge send push-api/v2/rma --local',
    "npx bridge send stock-hub/v1/rma --set reason='te wijd' --set items.0.qty_requested=2 --local",
    'npx bridge send push-api/v2/rma --order 000000549 --times 3 --dry-run --local',
    'npx bridge send --scenario outage --local',
  ],
  result: Sending,
  parameters: (command) =>
    command
      .argument('[webhook]', 'the name of a webhook, such as push-api/v2/rma')
      .option('--scenario <name>', 'play this scenario, instead of sending one webhook')
      .option('--order <order>', "Winkelstraat's number of the order; default: a new one")
      .option(
        '--set <path=value>',
        'another value for a field: items.0.reason, or the end of a path',
        collect,
      )
      .option(
        '--times <n>',
        'so many times, each with numbers of its own',
        wholeNumber({ least: 1, most: 1000 }),
        1,
      )
      .option('--list', 'print this help with the scenarios')
      .on('option:list', () => command.help())
      .addHelpText('after', ['', 'Scenarios:', ...indent(listOfScenarios())].join('\n')),
  dryRun: 'print what would be sent, and send nothing',
  check({ scenario, set = [] }, webhook?: string) {
    if ((scenario === undefined) === (webhook === undefined) || (scenario !== undefined && set.length > 0)) {
      throw new UsageError(
        'send needs a webhook, or --scenario <name> without --set (npx bridge send --list).',
      );
    }
    if (scenario !== undefined) stepsOf(scenario);
    if (webhook !== undefined) changedExample(webhook, { orderId: '' }, set.map(change), 0);
  },
  async run({ bridge, options, isPreview }, webhook?: string) {
    const { scenario = '', order, set = [], times } = options;
    checkPlayground(bridge, options.local === true);
    const orders = new Set<string>();
    const bodies: unknown[] = [];
    const steps: StepResult[] = [];
    for (let variant = 0; variant < times; variant += 1) {
      const orderId = order ?? newOrderId();
      if (webhook !== undefined) {
        const body = changedExample(webhook, { orderId, variant }, set.map(change), bridge.now());
        // IGF's events name no order.
        if (JSON.stringify(body).includes(inJson(orderId))) orders.add(orderId);
        if (isPreview) bodies.push(body);
        else steps.push(await sendBody(webhook, body, bridge));
        continue;
      }
      orders.add(orderId);
      if (isPreview)
        steps.push(...stepsOf(scenario).map((step) => ({ text: textOf(step), failed: false, sent: null })));
      else {
        for await (const step of runScenario(scenario, orderId, bridge)) {
          steps.push(step);
          if (process.stderr.isTTY) progress(step.text, steps.length, times * stepsOf(scenario).length);
        }
        // A scenario that stopped early left its line there.
        counting('', 0);
      }
    }
    const exitCode = steps.some(({ failed }) => failed) ? 1 : 0;
    return { result: { orders: [...orders], steps, bodies }, exitCode };
  },
  format: ({ orders, steps, bodies }, { bridge }) => [
    ...bodies.flatMap((body) => JSON.stringify(body, null, 2).split('\n')),
    ...steps.map(({ text }) => text),
    ...orders.map((order) => bridge.command('order', order)),
    ...(steps.some(({ sent }) => sent?.status === 406) ? [bridge.command('rejected')] : []),
  ],
});

const collect = (typed: string, others: readonly string[] = []): string[] => [...others, typed];

/** `reason=te wijd` */
function change(typed: string): [path: string, value: string] {
  const [path = '', ...value] = typed.split('=');
  if (value.length > 0) return [path, value.join('=')];
  throw new UsageError(`--set ${typed} needs a path and a value: --set reason='te wijd'.`);
}

const listOfScenarios = (): string[] =>
  columns(Object.entries(scenarios).map(([name, { description }]) => [name, description]));
