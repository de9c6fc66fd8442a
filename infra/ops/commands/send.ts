import { z } from 'zod';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { UsageError, wholeNumber } from '../../cli/command-line.ts';
import { columns, indent, progress } from '../../cli/output.ts';
import type { PlaceOptions } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { endpointNamed, newOrderId, orderIn } from '../send/example-body.ts';
import { playgroundOf } from '../send/playground.ts';
import {
  changedExample,
  type FieldChange,
  runScenario,
  type StepResult,
  sendBody,
} from '../send/run-scenario.ts';
import { scenarios, stepsOf } from '../send/scenarios.ts';
import { typedValue } from '../send/set-field.ts';

const Sending = z.object({
  orders: z.array(z.string()).meta({ description: 'the numbers of the orders' }),
  steps: z
    .array(
      z.object({
        text: z.string().meta({ description: 'what happened, for a person' }),
        failed: z.boolean().meta({ description: 'it did not go as it should have' }),
        sent: z
          .object({
            webhook: z.string().meta({ description: 'its name' }),
            status: z.number().meta({ description: 'the status of the answer' }),
            eventId: z.string().nullable().meta({ description: 'its event id, once it was accepted' }),
            correlationId: z.string().nullable().meta({ description: 'the id that its log lines have' }),
            problem: z.string().nullable().meta({ description: 'why it was not accepted' }),
          })
          .nullable()
          .meta({ description: 'the webhook that was sent' }),
      }),
    )
    .meta({ description: 'what happened, in its order' }),
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
  description: `Sends the vendor's own example of a webhook as its sender does. Order, RMA, purchase order and all other
    numbers are new, and the dates are recent. With --order they belong to that order: the same order number gives the
    same RMA again. A scenario sends some webhooks, and lets things happen at the IGF simulator. Where there is no
    simulator, it only sends the webhooks. A deployed stage with mode=live is refused.`,
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
        'another value for a field: items.0.reason, or its name alone; may be repeated',
        (typed: string, others: readonly string[] = []) => [...others, typed],
      )
      .option(
        '--times <n>',
        'so many times, each with a number of its own',
        wholeNumber({ least: 1, most: 1000 }),
        1,
      )
      .option('--list', 'print this help with the scenarios')
      .on('option:list', () => command.help())
      .addHelpText('after', ['', 'Scenarios:', ...indent(listOfScenarios())].join('\n')),
  dryRun: 'print what would be sent, and send nothing',
  check({ scenario, set = [] }, webhook?: string) {
    if ((scenario === undefined) === (webhook === undefined)) {
      throw new UsageError('send needs a webhook or --scenario <name>: npx bridge send --help lists both.');
    }
    if (scenario !== undefined && set.length > 0)
      throw new UsageError('--set changes a webhook, and no scenario.');
    if (scenario !== undefined) stepsOf(scenario);
    if (webhook !== undefined) changedExample(webhook, { orderId: '' }, set.map(fieldChange), 0);
  },
  async run({ bridge, options, isPreview }, webhook?: string) {
    const { scenario, order, set = [], times } = options;
    const on = playgroundOf(bridge, options.local === true);
    const changes = set.map(fieldChange);
    const orders: (string | undefined)[] = [];
    const bodies: unknown[] = [];
    const steps: StepResult[] = [];
    for (let index = 0; index < times; index += 1) {
      const orderId = order ?? newOrderId();
      if (webhook !== undefined) {
        const variant = order === undefined ? 0 : index;
        const body = changedExample(webhook, { orderId, variant }, changes, bridge.now());
        orders.push(orderIn(endpointNamed(webhook), body));
        if (isPreview) bodies.push(body);
        else steps.push(await sendBody(webhook, body, on));
      }
      if (scenario === undefined) continue;
      orders.push(orderId);
      if (isPreview) steps.push(...stepsOf(scenario).map(planned));
      else
        for await (const step of runScenario(scenario, orderId, on)) {
          steps.push(step);
          if (process.stderr.isTTY) progress(step.text, steps.length, times * stepsOf(scenario).length);
        }
    }
    const known = [...new Set(orders.filter((each) => each !== undefined))];
    return { result: { orders: known, steps, bodies }, exitCode: steps.some(({ failed }) => failed) ? 1 : 0 };
  },
  format: ({ orders, steps, bodies }, { bridge }) => [
    ...bodies.flatMap((body) => JSON.stringify(body, null, 2).split('\n')),
    ...steps.map(({ text }) => text),
    ...orders.map((order) => npxBridge(bridge.stage.name, 'order', order)),
    ...(steps.some(({ sent }) => sent?.status === 406) ? [npxBridge(bridge.stage.name, 'rejected')] : []),
  ],
});

const planned = (step: object): StepResult => ({ text: JSON.stringify(step), failed: false, sent: null });

function fieldChange(typed: string): FieldChange {
  const [path = '', ...value] = typed.split('=');
  if (value.length === 0)
    throw new UsageError(`--set ${typed} needs a path and a value: --set reason='te wijd'.`);
  return [path, typedValue(value.join('='))];
}

const listOfScenarios = (): string[] =>
  columns(Object.entries(scenarios).map(([name, { description }]) => [name, description]));
