import type { ListingRequest } from '../igf/api/listings.ts';
import { IgfContractError, IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { requestFingerprint } from '../returns/listing-request.ts';
import { type ActionContext, type ActionDefinition, writeItem } from './context.ts';
import { igfCallFits, OutOfTimeError } from './exactly-once.ts';

const operation = 'POST /info/forwardable';

/**
 * Asks IGF whether the article can be forwarded, and records its answer: what it means is decided from there. A question
 * changes nothing at IGF, so nothing is claimed for it. An error is never a "no": the question is repeated.
 */
export const check: ActionDefinition<{ request: ListingRequest }> = {
  call: 'checkForwardable',
  describe: () => 'ItGoesForward would be asked whether it can be forwarded, and it would be listed then',
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
};

/** @throws IgfError when IGF gave no clean answer about this article */
async function statusOf({ dependencies: { igf } }: ActionContext, request: ListingRequest): Promise<string> {
  const answers = await igf.info.forwardable(questionAbout(request));
  const about = answers.find((answer) => !answer.sku || answer.sku === request.sku);
  if (!about?.status) throw new IgfContractError(operation, 'no status of the article that was asked for');
  return about.status;
}

/** What IGF is asked about an article before it is listed. */
const questionAbout = ({ sku, productId, listingWebshopOrderId, customer }: ListingRequest) => ({
  items: [{ sku, productId }],
  webshopOrderId: listingWebshopOrderId,
  address: customer.address,
});
