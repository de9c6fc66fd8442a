import { IgfError } from '../igf/errors.ts';
import { errorClass, logAlarm, logWarning } from '../runtime/log.ts';
import { checkSubscriptions, type ListedWebhook } from '../webhooks/igf/subscriptions.ts';

/**
 * Reads the webhook subscriptions at IGF, and raises an alarm that names the event types that IGF does not send to us.
 * When IGF does not answer, this only logs a warning: the next run tries again.
 * @param ourHost host (and port) of our own URLs
 * @returns how many event types are not sent to us; undefined when IGF did not answer
 */
export async function watchSubscriptions(
  webhooks: { readonly all: () => Promise<readonly ListedWebhook[]> },
  ourHost: string,
): Promise<number | undefined> {
  try {
    const lost = await checkSubscriptions(webhooks, ourHost);
    if (lost.length > 0) {
      logAlarm('subscription-lost', {
        missing: lost.filter(({ why }) => why === 'missing').length,
        taken: lost.filter(({ why }) => why === 'taken').length,
        reason: `IGF does not send us ${lost.map(({ eventType }) => eventType).join(', ')}: npx bridge igf subscribe`,
      });
    }
    return lost.length;
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    logWarning({ step: 'subscriptions-not-checked', reason: error.message, cause: errorClass(error) });
    return undefined;
  }
}
