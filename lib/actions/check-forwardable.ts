import type { ListingRequest } from '../igf/api/requests.ts';
import { IgfContractError, IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import { defineAction } from './action.ts';
import { type ActionContext, writeItem } from './context.ts';
import { igfCallFits, OutOfTimeError } from './exactly-once.ts';

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
    if (!igfCallFits(context.timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
    try {
      const status = await statusOf(context, request);
      const forwardability = { request: requestFingerprint(request), status };
      return { next: await writeItem(context, { ...context.item, forwardability }) };
    } catch (error) {
      if (!(error instanceof IgfError)) throw error;
      const afterSeconds = error instanceof IgfUnavailableError ? error.retryAfter : undefined;
      return {
        outcome: { kind: 'retry', reason: error.message, errorClass: error.name, afterSeconds },
      };
    }
  },
});

/** @throws IgfError when IGF gave no clean answer about this article */
async function statusOf({ dependencies: { igf } }: ActionContext, request: ListingRequest): Promise<string> {
  const answers = await igf.info.forwardable(checkBody(request));
  const about = answers.find((answer) => !answer.sku || answer.sku === request.sku);
  if (!about?.status) throw new IgfContractError(operation, 'the answer has no status for this article');
  return about.status;
}

/** The body of the check. */
const checkBody = ({ sku, productId, listingWebshopOrderId, customer }: ListingRequest) => ({
  items: [{ sku, productId }],
  webshopOrderId: listingWebshopOrderId,
  address: customer.address,
});
