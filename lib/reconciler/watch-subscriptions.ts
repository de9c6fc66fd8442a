import { IgfError } from '../igf/errors.ts';
import { errorClass, logAlarm, logWarning } from '../runtime/log.ts';
import { checkSubscriptions, type ListedWebhook } from '../webhooks/igf/subscriptions.ts';

/**
 * Asks IGF once who gets its webhooks, and rings an alarm that says which event types do not reach us: nobody else
 * would notice. IGF's failure is a warning only, because the next run asks again.
 * @param ourHost host (and port) of our own URLs
 * @returns how many are lost; undefined when IGF did not say
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
        reason: `IGF does not tell us ${lost.map(({ eventType }) => eventType).join(', ')}: npm run ops -- igf subscribe`,
      });
    }
    return lost.length;
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    logWarning({ step: 'subscriptions-not-checked', reason: error.message, cause: errorClass(error) });
    return undefined;
  }
}
