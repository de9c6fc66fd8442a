import type { EventType } from '../../facts/vendor-terms.ts';
import { IgfError, isRefusal } from '../../igf/errors.ts';
import { eventTypeOf, type ListedWebhook, type SubscriptionStep, sameUrl } from './subscriptions.ts';

/** The webhook operations of the IGF client. */
export interface WebhookCalls {
  all(): Promise<readonly ListedWebhook[]>;
  subscribe(eventType: EventType, url: string): Promise<unknown>;
  remove(webhookId: number): Promise<unknown>;
  unsubscribe(eventType: EventType): Promise<unknown>;
}

/**
 * What became of a step.
 *
 * - `done`: subscribed as wanted. `untouched`: nothing was to do, or it was not ours to change.
 * - `unchanged`: it could not be done, and what was there is still there.
 * - `restored`: the old one was removed, ours was not taken, the old one is back.
 * - `lost`: nobody is subscribed now. `unknown`: IGF could not be asked how it ended.
 */
export interface StepResult {
  readonly step: SubscriptionStep;
  readonly outcome: 'done' | 'untouched' | 'unchanged' | 'restored' | 'lost' | 'unknown';
  readonly error?: IgfError;
}

/**
 * Carries out a plan, one event type after the other. What has no subscription at all comes first; a replaced one is
 * missing only between its own two calls. Failures don't end it: each is in its step's result, in the plan's order.
 */
export async function applySubscriptions(
  plan: readonly SubscriptionStep[],
  webhooks: WebhookCalls,
): Promise<StepResult[]> {
  const results = new Map<SubscriptionStep, StepResult>();
  for (const step of plan.filter(({ action }) => action === 'create')) {
    results.set(step, await create(step, webhooks));
  }
  for (const step of plan) {
    if (step.action === 'replace') results.set(step, await replace(step, step.found, webhooks));
  }
  return plan.map((step) => results.get(step) ?? { step, outcome: 'untouched' });
}

async function create(step: SubscriptionStep, webhooks: WebhookCalls): Promise<StepResult> {
  const error = await errorOf(webhooks.subscribe(step.eventType, step.url));
  if (!error) return { step, outcome: 'done' };
  const now = await lookAt(step, webhooks);
  if (now === 'ours') return { step, outcome: 'done' };
  return { step, outcome: now === 'unreadable' ? 'unknown' : now === 'none' ? 'lost' : 'unchanged', error };
}

async function replace(
  step: SubscriptionStep,
  found: ListedWebhook,
  webhooks: WebhookCalls,
): Promise<StepResult> {
  const notRemoved = await errorOf(removeWebhook(step.eventType, found, webhooks));
  // Without a clear "no" it may be gone: then ours must take its place now. If it is not gone, IGF refuses ours.
  if (notRemoved && surelyNotDone(notRemoved)) return { step, outcome: 'unchanged', error: notRemoved };

  const error = await errorOf(webhooks.subscribe(step.eventType, step.url));
  if (!error) return { step, outcome: 'done' };
  const now = await lookAt(step, webhooks);
  if (now === 'ours') return { step, outcome: 'done' };
  if (now === 'other') return { step, outcome: 'unchanged', error: notRemoved ?? error };
  // When it is not known what is there, asking for the old one does no harm: IGF takes only one.
  const restored = found.url ? !(await errorOf(webhooks.subscribe(step.eventType, found.url))) : false;
  if (restored) return { step, outcome: 'restored', error };
  return { step, outcome: now === 'none' ? 'lost' : 'unknown', error };
}

/** Removes one webhook: by its id where it has one, so that nobody else's is met. @throws IgfError */
export const removeWebhook = (
  eventType: EventType,
  { id }: ListedWebhook,
  webhooks: Pick<WebhookCalls, 'remove' | 'unsubscribe'>,
): Promise<unknown> => (typeof id === 'number' ? webhooks.remove(id) : webhooks.unsubscribe(eventType));

async function lookAt(
  { eventType, url }: SubscriptionStep,
  webhooks: WebhookCalls,
): Promise<'ours' | 'other' | 'none' | 'unreadable'> {
  let listed: readonly ListedWebhook[] = [];
  const error = await errorOf(
    webhooks.all().then((all) => {
      listed = all.filter((webhook) => eventTypeOf(webhook) === eventType);
    }),
  );
  if (error) return 'unreadable';
  if (listed.some((webhook) => sameUrl(webhook.url, url))) return 'ours';
  return listed.length > 0 ? 'other' : 'none';
}

const surelyNotDone = (error: IgfError): boolean =>
  isRefusal(error) || error.name === 'IgfPathError' || ('effect' in error && error.effect === 'not-done');

/** The error of a call to IGF; anything else that goes wrong is a fault of ours, and thrown. */
async function errorOf(call: Promise<unknown>): Promise<IgfError | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    if (error instanceof IgfError) return error;
    throw error;
  }
}
