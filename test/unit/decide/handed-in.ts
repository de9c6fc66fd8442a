import type { CreditMemoFact, OpeningFact, OrderFact } from '../../../lib/facts/facts.ts';
import type { IgfState } from '../../../lib/returns/igf-state.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf, creditMemoFact, openingFact, pushApiOpening, shipmentFact } from '../../support/builders.ts';
import { decideOn } from '../../support/decisions.ts';

/** A credit memo of push-api, which has no amount. */
export const memoOf = (overrides: Partial<CreditMemoFact> = {}) =>
  creditMemoFact({ family: 'push-api', rowTotal: undefined, returnFee: undefined, ...overrides });

/** A decision about a return whose article arrived and whose refund IGF announced, unless it is said otherwise. */
export const decided = (
  facts: OrderFact[],
  { events = ['REFUND'], ...igf }: Partial<IgfState> = {},
  reached: Partial<ReturnItem> = {},
) =>
  decideOn(facts, {
    ...{ state: 'Completed', listingId: 7, igf: { ...atIgf('Completed'), events, ...igf } },
    ...reached,
  });

/** A return of a reseller: its opening and its shipment. */
export const reseller = (opening: Partial<OpeningFact> = {}) => [
  openingFact({ returnFee: 2.95, ...opening }),
  shipmentFact({ poNumber: 'P1' }),
];
/** A return of a merchant: its opening, and what else is reported. */
export const merchant = (opening: Partial<OpeningFact> = {}, ...more: OrderFact[]) => [
  pushApiOpening({ status: undefined, rmaStatus: 'authorized', ...opening }),
  ...more,
];
/** The names of what people are asked. */
export const tasks = ({ tasks: open = [] }: ReturnType<typeof decided>) => open.map(({ task }) => task);
