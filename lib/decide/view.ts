import type { Attempt } from '../actions/context.ts';
import type { Policy } from '../config/policy.ts';
import { type Article, articleOf } from '../returns/article.ts';
import type { IgfState } from '../returns/igf-state.ts';
import { type ListingReading, readListing } from '../returns/listing-request.ts';
import type { OrderSnapshot } from '../returns/order.ts';
import type { RetailerRules } from '../returns/retailer-rules.ts';
import type { ReturnItem } from '../returns/return-item.ts';
import type { TermMappings } from '../returns/vocabulary.ts';
import { type Forwardable, isForwardable } from './forwardable.ts';
import { type IgfProgress, igfProgress, refundOf } from './igf-progress.ts';
import { endedByMerchant, type MerchantEnd } from './merchant-end.ts';

/** What a decision depends on beside the order. */
export interface DecisionContext {
  policy: Policy;
  /** What the merchant has configured at IGF; absent while it is not known. */
  retailer?: RetailerRules | undefined;
  /** ISO 8601 UTC. */
  now: string;
  attempt: Attempt;
  /** What operators mapped; without it only what is built in is known. */
  vocabulary?: TermMappings | undefined;
}

/** What every rule can look at. Everything is derived once a decision, however many rules use it. */
interface CommonView {
  readonly order: OrderSnapshot;
  readonly item: ReturnItem;
  readonly policy: Policy;
  readonly attempt: Attempt;
  /** ISO 8601 UTC. */
  readonly now: string;
  /** What comes back; absent while no webhook has named it. */
  readonly article: Article | undefined;
  /** How the merchant ended the return; absent while it goes on. */
  readonly merchantEnd: MerchantEnd | undefined;
}

/** A return without a listing, as far as the bridge knows. */
export interface UnlistedView extends CommonView {
  readonly stage: 'unlisted';
  /** Whether the article can go to another customer, and the listing that it would get; absent like the article. */
  readonly forwardable: Forwardable | undefined;
  readonly listing: ListingReading | undefined;
}

/** A return that has, or had, a listing at IGF. */
export interface ListedView extends CommonView {
  readonly stage: 'listed';
  readonly listingId: number;
  readonly igf: IgfState;
  /** Where the forwarding stands at IGF. */
  readonly progress: IgfProgress;
  /** Why the sender is to be paid; absent where nothing is due. */
  readonly refund: 'announced' | 'unannounced' | undefined;
}

/** A return as the rules see it. */
export type ReturnView = UnlistedView | ListedView;

export function viewOf(order: OrderSnapshot, item: ReturnItem, context: DecisionContext): ReturnView {
  const { policy, attempt, now, vocabulary, retailer } = context;
  const article = articleOf(order, item);
  const merchantEnd = endedByMerchant(order, item, policy);
  const common = { order, item, policy, attempt, now, article, merchantEnd };
  const { listingId } = item;
  if (listingId === undefined) {
    const forwardable = article && isForwardable(article, policy, vocabulary, retailer);
    const listing = article && readListing(item, article, policy, vocabulary);
    return { ...common, stage: 'unlisted', forwardable, listing };
  }
  const igf = igfStateOf(item);
  const refund = refundOf(item, igf, now);
  return { ...common, stage: 'listed', listingId, igf, progress: igfProgress(igf), refund };
}

/** The bridge knows of its own cancellation before IGF reports it; a matching deadline that passes later changes nothing. */
function igfStateOf({ state, igf = { events: [] } }: ReturnItem): IgfState {
  if (state !== 'Cancelled') return igf;
  return { ...igf, listing: { ...igf.listing, status: 'Cancelled' }, polledAt: undefined };
}
