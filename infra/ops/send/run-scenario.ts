import { setTimeout as wait } from 'node:timers/promises';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { type Answer, deliver, type Receiver } from './deliver.ts';
import { endpointNamed, exampleBody } from './example-body.ts';
import { type Step, stepsOf } from './scenarios.ts';
import { setField } from './set-field.ts';

/** A bridge on which a scenario is played. */
export interface Playground extends Receiver {
  /** The URL of the IGF simulator's controls, with a slash at the end; undefined where no return gets to a simulator. */
  readonly simulator: string | undefined;
  /** The bridge's time, in milliseconds since the epoch. */
  now(): number;
  returnsOf(orderId: string): Promise<readonly ReturnItem[]>;
}

/** What happened in a step. */
export interface StepResult {
  /** One line for a person. */
  readonly text: string;
  /** The webhook that was sent, with its answer. */
  readonly sent?: Answer & { readonly webhook: string };
  /** It did not go as it should have: the scenario ends. */
  readonly failed: boolean;
}

/** Plays a scenario on an order, step by step. Who stops iterating stops it. @throws CommandError */
export async function* runScenario(
  name: string,
  orderId: string,
  on: Playground,
): AsyncGenerator<StepResult, void> {
  for (const step of stepsOf(name)) {
    const result = await runStep(step, orderId, on);
    yield result;
    if (result.failed) return;
  }
}

async function runStep(step: Step, orderId: string, on: Playground): Promise<StepResult> {
  if ('send' in step) return send(step, orderId, on);
  const { simulator } = on;
  if (simulator === undefined) {
    const what = 'until' in step ? `wait for ${step.until}` : `IGF: ${step.control}`;
    return { text: `${what}: left out, because this bridge has no IGF simulator`, failed: false };
  }
  return 'until' in step ? until(step.until, orderId, on) : control(step, orderId, on, simulator);
}

type StepWith<Name extends string> = Extract<Step, Record<Name, unknown>>;

async function send(step: StepWith<'send'>, orderId: string, on: Playground): Promise<StepResult> {
  const endpoint = endpointNamed(step.send);
  const body = exampleBody(endpoint, { orderId }, on.now());
  for (const [path, value] of Object.entries(step.set)) setField(body, path, () => value);
  let answer = await deliver(endpoint, body, on, step.withoutVersion);
  for (let copy = 1; copy < step.copies; copy += 1) answer = await deliver(endpoint, body, on);
  const sent = { webhook: step.send, ...answer };
  const times = step.copies > 1 ? `, ${step.copies} times` : '';
  return {
    text: answerLine(sent) + times,
    sent,
    failed: answer.status !== (step.withoutVersion ? 406 : 202),
  };
}

/** A webhook with its answer, in one line. */
export const answerLine = ({ webhook, status, eventId, problem }: Answer & { webhook: string }): string =>
  [`${webhook}: ${status}`, eventId && `event ${eventId.slice(0, 8)}`, problem].filter(Boolean).join(', ');

/** Uses a control of the simulator, on the listing of the order's first return. */
async function control(
  { control: name, body }: StepWith<'control'>,
  orderId: string,
  on: Playground,
  simulator: string,
): Promise<StepResult> {
  const [item] = name === 'faults' ? [] : await on.returnsOf(orderId);
  const text = JSON.stringify({ ...body, ...(item && { listingId: item.listingId }) });
  const { ok, status } = await fetch(simulator + name, { method: 'POST', body: text });
  return { text: `IGF: POST /_simulator/${name} ${text}: ${status}`, failed: !ok };
}

const patienceSeconds = 30;
const pollMs = 100;

/** Waits until the first return of the order has a state. The patience is in real time. */
async function until(state: string, orderId: string, on: Playground): Promise<StepResult> {
  const patience = AbortSignal.timeout(patienceSeconds * 1000);
  for (;;) {
    const [item] = await on.returnsOf(orderId);
    const found = item ? `return ${returnId(item)} is ${item.state}` : `order ${orderId} has no return`;
    if (item?.state === state) return { text: found, failed: false };
    if (patience.aborted) {
      return { text: `${found}, and not ${state}, after ${patienceSeconds} s`, failed: true };
    }
    await wait(pollMs);
  }
}
