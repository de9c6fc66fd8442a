import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { returnId } from '../../../lib/returns/return-item.ts';
import { UsageError } from '../../cli/command-line.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { flag, text } from '../result-fields.ts';
import { type About, endpointNamed, exampleBody } from './example-body.ts';
import { post, Sent } from './playground.ts';
import data from './scenarios.json' with { type: 'json' };
import { setField } from './set-field.ts';

/** Exactly one of `send`, `control` and `until`. */
const Step = z.strictObject({
  /** Winkelstraat sends the example of this webhook, with other values in some fields (see `setField`). */
  send: z.string().optional(),
  set: z.record(z.string(), z.string()).default({}),
  withoutVersion: z.boolean().default(false),
  /** It sends the same body so many times. */
  copies: z.int().default(1),
  /** This control of the IGF simulator is used, with this body and the id of the listing. */
  control: z.string().optional(),
  body: z.record(z.string(), z.unknown()).default({}),
  /** The scenario goes on once the first return of the order has this state. */
  until: z.string().optional(),
});
type Step = z.infer<typeof Step>;

const Scenario = z.strictObject({
  /** One line for a person. */
  description: z.string(),
  /** The scenario whose steps come first. */
  after: z.string().optional(),
  steps: z.array(Step),
});

/** What can happen to a return, by the names that `npx bridge send --scenario` takes. */
export const scenarios = z.record(z.string(), Scenario).parse(data);

/** The steps of a scenario, all of them about one order. @throws UsageError for an unknown name */
export function stepsOf(name: string): Step[] {
  const scenario = Object.hasOwn(scenarios, name) ? scenarios[name] : undefined;
  if (scenario) return [...(scenario.after ? stepsOf(scenario.after) : []), ...scenario.steps];
  throw new UsageError(
    `There is no scenario ${name}. The scenarios are: ${Object.keys(scenarios).join(', ')}.`,
  );
}

/** What a step does, in one line. */
export const textOf = ({ send, control, body, until }: Step): string =>
  send ?? (control === undefined ? `wait for ${until}` : `IGF: ${control} ${JSON.stringify(body)}`);

/** What happened in a step. A scenario ends with one that failed. */
export const StepResult = z.object({
  text: text('what happened, for a person'),
  failed: flag('it did not go as it should have'),
  sent: Sent.nullable().meta({ description: 'the webhook that was sent, and its answer' }),
});
export type StepResult = z.infer<typeof StepResult>;

/** Plays a scenario on an order, step by step. Who stops iterating stops it. @throws CommandError */
export async function* runScenario(
  name: string,
  orderId: string,
  bridge: OpenBridge,
): AsyncGenerator<StepResult, void> {
  for (const step of stepsOf(name)) {
    const result = await runStep(step, orderId, bridge);
    yield result;
    if (result.failed) return;
  }
}

async function runStep(step: Step, orderId: string, bridge: OpenBridge): Promise<StepResult> {
  const { send, set, copies, withoutVersion, control, body, until } = step;
  if (send !== undefined) {
    const example = changedExample(send, { orderId }, Object.entries(set), bridge.now());
    let result = await sendBody(send, example, bridge, withoutVersion);
    for (let copy = 1; copy < copies; copy += 1) result = await sendBody(send, example, bridge);
    return { ...result, failed: result.sent?.status !== (withoutVersion ? 406 : 202) };
  }
  if (bridge.mode === 'observe') {
    const text = `${textOf(step)}: left out, because this bridge makes no call to ItGoesForward`;
    return { text, failed: false, sent: null };
  }
  return control === undefined
    ? waitUntil(until ?? '', orderId, bridge)
    : useControl(control, body, orderId, bridge);
}

/** The example of a webhook with other values in some fields. @throws UsageError */
export function changedExample(
  webhook: string,
  about: About,
  changes: readonly (readonly [path: string, value: string])[],
  now: number,
): unknown {
  const body = exampleBody(endpointNamed(webhook), about, now);
  for (const [path, value] of changes) setField(body, path, value);
  return body;
}

/** Sends one webhook. @throws CommandError when nothing answers */
export async function sendBody(
  webhook: string,
  body: unknown,
  bridge: OpenBridge,
  withoutVersion = false,
): Promise<StepResult> {
  const sent = await post(endpointNamed(webhook), body, bridge, withoutVersion);
  const { status, eventId, problem } = sent;
  const text = [`${webhook}: ${status}`, eventId && `event ${eventId.slice(0, 8)}`, problem];
  return { text: text.filter(Boolean).join(', '), failed: status !== 202, sent };
}

const firstReturn = async (orderId: string, { store }: OpenBridge) =>
  (await store.readOrder(orderId)).returns[0];

/** Uses a control of the simulator, on the listing of the order's first return. */
async function useControl(
  name: string,
  body: Step['body'],
  orderId: string,
  bridge: OpenBridge,
): Promise<StepResult> {
  const item = name === 'faults' ? undefined : await firstReturn(orderId, bridge);
  const url = new URL(`/_simulator/${name}`, bridge.output('IgfBaseUrl'));
  const text = JSON.stringify({ ...body, ...(item && { listingId: item.listingId }) });
  const { ok, status } = await fetch(url, { method: 'POST', body: text });
  return { text: `IGF: POST ${url.pathname} ${text}: ${status}`, failed: !ok, sent: null };
}

const patienceSeconds = 30;
const pollMs = 100;

/** Waits until the first return of the order has a state. The patience is in real time. */
async function waitUntil(state: string, orderId: string, bridge: OpenBridge): Promise<StepResult> {
  const patience = AbortSignal.timeout(patienceSeconds * 1000);
  for (;;) {
    const item = await firstReturn(orderId, bridge);
    const text = item ? `return ${returnId(item)} is ${item.state}` : `order ${orderId} has no return`;
    if (item?.state === state) return { text, failed: false, sent: null };
    if (patience.aborted) {
      return { text: `${text}, and not ${state}, after ${patienceSeconds} s`, failed: true, sent: null };
    }
    await wait(pollMs);
  }
}
