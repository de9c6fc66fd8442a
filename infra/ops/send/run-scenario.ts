import { setTimeout as wait } from 'node:timers/promises';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { type Answer, deliver, type Receiver } from './deliver.ts';
import { type About, endpointNamed, exampleBody } from './example-body.ts';
import { type Step, stepsOf } from './scenarios.ts';
import { type NewValue, setField } from './set-field.ts';

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
  /** It did not go as it should have: a scenario ends here. */
  readonly failed: boolean;
  /** The webhook that was sent, and its answer. */
  readonly sent: (Answer & { readonly webhook: string }) | null;
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
    return { text: `${what}: left out, because this bridge has no IGF simulator`, failed: false, sent: null };
  }
  return 'until' in step ? until(step.until, orderId, on) : control(step, orderId, on, simulator);
}

type StepWith<Name extends string> = Extract<Step, Record<Name, unknown>>;

async function send(step: StepWith<'send'>, orderId: string, on: Playground): Promise<StepResult> {
  const set = Object.entries(step.set).map(([path, value]): FieldChange => [path, () => value]);
  const body = changedExample(step.send, { orderId }, set, on.now());
  const expected = step.withoutVersion ? 406 : 202;
  let result = await sendBody(step.send, body, on, step.withoutVersion);
  for (let copy = 1; copy < step.copies; copy += 1) result = await sendBody(step.send, body, on);
  const times = step.copies > 1 ? `, ${step.copies} times` : '';
  return { ...result, text: result.text + times, failed: result.sent?.status !== expected };
}

/** A path, and the value that the field there gets. */
export type FieldChange = readonly [path: string, value: NewValue];

/** The example of a webhook with other values in some fields. @throws UsageError */
export function changedExample(
  webhook: string,
  about: About,
  changes: readonly FieldChange[],
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
  on: Receiver,
  withoutVersion = false,
): Promise<StepResult> {
  const answer = await deliver(endpointNamed(webhook), body, on, withoutVersion);
  const { status, eventId, problem } = answer;
  const parts = [`${webhook}: ${status}`, eventId && `event ${eventId.slice(0, 8)}`, problem];
  return { text: parts.filter(Boolean).join(', '), failed: status !== 202, sent: { webhook, ...answer } };
}

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
  return { text: `IGF: POST /_simulator/${name} ${text}: ${status}`, failed: !ok, sent: null };
}

const patienceSeconds = 30;
const pollMs = 100;

/** Waits until the first return of the order has a state. The patience is in real time. */
async function until(state: string, orderId: string, on: Playground): Promise<StepResult> {
  const patience = AbortSignal.timeout(patienceSeconds * 1000);
  for (;;) {
    const [item] = await on.returnsOf(orderId);
    const found = item ? `return ${returnId(item)} is ${item.state}` : `order ${orderId} has no return`;
    if (item?.state === state) return { text: found, failed: false, sent: null };
    if (patience.aborted) {
      const text = `${found}, and not ${state}, after ${patienceSeconds} s`;
      return { text, failed: true, sent: null };
    }
    await wait(pollMs);
  }
}
