import { IgfContractError, IgfError, IgfUnavailableError } from '../igf/errors.ts';
import { type ListingRequest, requestFingerprint } from '../returns/listing-request.ts';
import type { WorkerDependencies } from '../worker/dependencies.ts';
import type { Step } from '../worker/step.ts';
import { type ActionContext, igfCallFits, OutOfTimeError } from './claim.ts';

const operation = 'POST /info/forwardable';

/**
 * Asks IGF whether the article can be forwarded, and records its answer: what it means is decided from there. Nothing
 * is claimed for a question. An error is never a "no": it is asked again.
 * @throws OutOfTimeError
 */
export async function checkForwardable(context: ActionContext, request: ListingRequest): Promise<Step> {
  const { item, dependencies, timeLeft } = context;
  if (!igfCallFits(timeLeft)) throw new OutOfTimeError('no time left for a call to IGF');
  let status: string;
  try {
    status = await ask(dependencies, request);
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    const afterSeconds = error instanceof IgfUnavailableError ? error.retryAfter : undefined;
    return { outcome: { kind: 'retry', reason: error.message, errorClass: error.name, afterSeconds } };
  }
  const content = { ...item, forwardability: { request: requestFingerprint(request), status } };
  const written = await dependencies.table.write({ kind: 'return', content });
  return { next: written === 'changed' ? 'changed' : { ...content, rev: content.rev + 1 } };
}

/** What IGF is asked about an article before it is listed. */
export const questionAbout = ({ sku, productId, listingWebshopOrderId, customer }: ListingRequest) => ({
  items: [{ sku, productId }],
  webshopOrderId: listingWebshopOrderId,
  address: customer.address,
});

/** @throws IgfError when IGF gave no clean answer about this article. */
async function ask({ igf }: Pick<WorkerDependencies, 'igf'>, request: ListingRequest): Promise<string> {
  const answers = await igf.info.forwardable(questionAbout(request));
  const about = answers.find((answer) => !answer.sku || answer.sku === request.sku);
  if (!about?.status) throw new IgfContractError(operation, 'no status of the article that was asked for');
  return about.status;
}
