import type { ListingRequest } from '../igf/api/requests.ts';
import { IgfContractError, IgfError } from '../igf/errors.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import { type ActionContext, defineAction, requireTimeForCall, writeItem } from './action.ts';
import { retryLater } from './explain.ts';

const operation = 'POST /info/forwardable';

/**
 * Checks at IGF whether the article can be forwarded, and records the answer. The next decision reads the
 * answer. The check changes nothing at IGF, so it needs no claim. An error is never a "no": the check is
 * repeated.
 */
export const check = defineAction<{ request: ListingRequest }>('check', {
  call: 'checkForwardable',
  describe: () => 'the bridge would check at ItGoesForward whether it can be forwarded, and then list it',
  async run(context, { request }) {
    requireTimeForCall(context);
    try {
      const status = await statusOf(context, request);
      const forwardability = { request: requestFingerprint(request), status };
      return { next: await writeItem(context, { ...context.item, forwardability }) };
    } catch (error) {
      if (!(error instanceof IgfError)) throw error;
      return { outcome: retryLater(error), item: context.item };
    }
  },
});

/** @throws IgfError when IGF gave no clean answer about this article */
async function statusOf(
  { dependencies: { igf } }: ActionContext,
  { sku, productId, listingWebshopOrderId, customer }: ListingRequest,
): Promise<string> {
  const answers = await igf.info.forwardable({
    items: [{ sku, productId }],
    webshopOrderId: listingWebshopOrderId,
    address: customer.address,
  });
  const about = answers.find((answer) => !answer.sku || answer.sku === sku);
  if (!about?.status) throw new IgfContractError(operation, 'the answer has no status for this article');
  return about.status;
}
