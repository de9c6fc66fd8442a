import type { Attempt } from '../actions/action.ts';
import type { Policy } from '../config/policy.ts';
import { type Article, articleOf } from '../returns/article.ts';
import { creditMemoOf, type MemoFinding } from '../returns/credit-memos.ts';
import type { IgfState } from '../returns/igf-state.ts';
import { type ListingReading, readListing } from '../returns/listing-request.ts';
import { type MerchantDecision, merchantDecision } from '../returns/merchant-decision.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import { meaningOf, type TermMappings } from '../returns/vocabulary.ts';
import { type Change, changeSinceListed, type Forwardable, isForwardable } from './forwardable.ts';
import { type DueRefund, type IgfProgress, igfProgress, refundOf } from './igf-progress.ts';

export interface DecisionContext {
  policy: Policy;
  /** The merchant's configuration at IGF; absent while it is not known. */
  retailer?: RetailerRules | undefined;
  /** ISO 8601 UTC. */
  now: string;
  attempt: Attempt;
  /** When the bridge took its first delivery, ISO 8601 UTC; absent while it is not known. */
  firstDelivery?: string | undefined;
  /** The mappings of operators. Without them only the built-in texts are known. */
  vocabulary?: TermMappings | undefined;
}

/** The input of every rule. Everything is derived once for each decision. */
interface CommonView extends Readonly<DecisionContext> {
  readonly order: OrderSnapshot;
  readonly item: ReturnItem;
  /** The article that comes back; absent while no webhook has named it. */
  readonly article: Article | undefined;
  readonly merchant: MerchantDecision;
  /** Whether the article can go to another customer, and its listing request. Both are absent when the article is. */
  readonly forwardable: Forwardable | undefined;
  readonly listing: ListingReading | undefined;
}

/** A return without a listing, as far as the bridge knows. */
export interface UnlistedView extends CommonView {
  readonly stage: 'unlisted';
}

/** A return that has, or had, a listing at IGF. */
export interface ListedView extends CommonView {
  readonly stage: 'listed';
  readonly listingId: number;
  readonly igf: IgfState;
  readonly progress: IgfProgress;
  readonly refund: DueRefund | undefined;
  readonly memo: MemoFinding | undefined;
  /** What changed so that it would not be listed now, or not in the same way. */
  readonly change: Change | undefined;
}

export type ReturnView = UnlistedView | ListedView;

export function viewOf(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): ReturnView {
  const { policy, now, vocabulary, retailer } = context;
  const article = articleOf(order, item);
  const merchant = merchantDecision(order, item, (text) => meaningOf('status', text, vocabulary));
  const { texts = {}, listingId } = item;
  // An RMA has the items of its latest delivery. One that this does not name would be one more, if it were listed now.
  const { itemCount, isMissing } = merchant;
  const withItself = itemCount + (isMissing ? 1 : 0);
  const forwarding = { policy, texts, itemCount: withItself, mapped: vocabulary, retailer };
  const forwardable = article && isForwardable(article, forwarding);
  const listing = article && readListing(item, article, policy, vocabulary);
  const common = { ...context, order, item, article, merchant, forwardable, listing };
  if (listingId === undefined) return { ...common, stage: 'unlisted' };
  const igf = igfStateOf(item);
  const progress = igfProgress(igf);
  // An article that is promised to a buyer is not withdrawn because a second item came.
  const counted = progress.state === 'Listed' ? itemCount : 1;
  const ofListing = article && isForwardable(article, { ...forwarding, itemCount: counted });
  return {
    ...{ ...common, stage: 'listed', listingId, igf, progress },
    refund: refundOf(item, igf, { policy, now }),
    memo: creditMemoOf(order, item),
    // Without personal data nothing can be compared.
    change: item.stripped ? undefined : changeSinceListed({ ...common, forwardable: ofListing }),
  };
}

/** The bridge has stored its own cancellation before IGF reports it. A later matching deadline changes nothing. */
function igfStateOf({ state, igf = { events: [] } }: ReturnItem): IgfState {
  if (state !== 'Cancelled') return igf;
  return { ...igf, listing: { ...igf.listing, status: 'Cancelled' }, polledAt: undefined };
}
