import type { EventType } from '../../facts/vendor-terms.ts';
import { IgfError, IgfPathError, isRefusal } from '../../igf/errors.ts';
import { eventTypeOf, type ListedWebhook, type SubscriptionStep, sameUrl } from './subscriptions.ts';

export interface WebhookCalls {
  all(): Promise<readonly ListedWebhook[]>;
  subscribe(eventType: EventType, url: string): Promise<unknown>;
  remove(webhookId: number): Promise<unknown>;
  unsubscribe(eventType: EventType): Promise<unknown>;
}

/**
 * The result of a step.
 *
 * - `done`: subscribed as wanted.
 * - `unchanged`: it failed, and the earlier subscription is still there.
 * - `restored`: the old one was removed, IGF did not take ours, and the old one is back.
 * - `lost`: nobody is subscribed now. `unknown`: IGF's list could not be read afterwards.
 */
export interface StepResult {
  readonly step: SubscriptionStep;
  readonly outcome: 'done' | 'unchanged' | 'restored' | 'lost' | 'unknown';
  readonly error?: IgfError;
}

/**
 * Carries out a plan, one event type after the other: first those without a subscription. A replaced one is missing
 * only between its own two calls. A failure does not end the plan: it is in the step's result.
 */
export async function applySubscriptions(
  plan: readonly SubscriptionStep[],
  webhooks: WebhookCalls,
): Promise<StepResult[]> {
  const results = new Map<SubscriptionStep, StepResult>();
  for (const action of ['create', 'replace']) {
    for (const step of plan.filter((planned) => planned.action === action)) {
      results.set(step, await carryOut(step, webhooks));
    }
  }
  return plan.flatMap((step) => results.get(step) ?? []);
}

async function carryOut(step: SubscriptionStep, webhooks: WebhookCalls): Promise<StepResult> {
  const { eventType, url } = step;
  const found = 'found' in step ? step.found : undefined;
  const notRemoved = found && (await errorOf(removeWebhook(eventType, found, webhooks)));
  // Without a clear refusal it may be gone: then ours must take its place now. If it is not gone, IGF refuses ours.
  if (notRemoved && surelyNotDone(notRemoved)) return { step, outcome: 'unchanged', error: notRemoved };

  const error = await errorOf(webhooks.subscribe(eventType, url));
  if (!error) return { step, outcome: 'done' };
  const now = await subscriberOf(step, webhooks);
  if (now === 'ours') return { step, outcome: 'done' };
  if (now === 'other') return { step, outcome: 'unchanged', error: notRemoved ?? error };
  // When IGF's list is not readable, subscribing the old one again does no harm: IGF takes only one.
  const isRestored = found?.url && !(await errorOf(webhooks.subscribe(eventType, found.url)));
  if (isRestored) return { step, outcome: 'restored', error };
  return { step, outcome: now === 'none' ? 'lost' : 'unknown', error };
}

/** Removes one webhook: by its id where it has one, so that no other is removed. @throws IgfError */
export const removeWebhook = (
  eventType: EventType,
  { id }: ListedWebhook,
  webhooks: Pick<WebhookCalls, 'remove' | 'unsubscribe'>,
): Promise<unknown> => (typeof id === 'number' ? webhooks.remove(id) : webhooks.unsubscribe(eventType));

/** Who is subscribed to the step's event type now. */
async function subscriberOf(
  { eventType, url }: SubscriptionStep,
  webhooks: WebhookCalls,
): Promise<'ours' | 'other' | 'none' | 'unreadable'> {
  try {
    const listed = (await webhooks.all()).filter((webhook) => eventTypeOf(webhook) === eventType);
    if (listed.some((webhook) => sameUrl(webhook.url, url))) return 'ours';
    return listed.length > 0 ? 'other' : 'none';
  } catch (error) {
    if (error instanceof IgfError) return 'unreadable';
    throw error;
  }
}

const surelyNotDone = (error: IgfError): boolean =>
  isRefusal(error) || error instanceof IgfPathError || ('effect' in error && error.effect === 'not-done');

/** The error of a call to IGF. Any other error is a bug, and is thrown. */
async function errorOf(call: Promise<unknown>): Promise<IgfError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof IgfError) return error;
    throw error;
  }
}
