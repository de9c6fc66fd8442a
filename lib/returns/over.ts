import type { Policy } from '../policy.ts';
import { endsReturn, endsWholeRma } from '../winkelstraat/rma-status.ts';
import type { ReturnItem } from './return-item.ts';
import type { Story } from './story.ts';

/**
 * Why a return is over at the merchant, or `undefined` while it is not. `rma-item` is sent when an item is received
 * or its RMA is closed, so it closes; policy `rmaItemOpens` reads one that reports nothing as opening, for a merchant
 * who gets no `v2/rma`.
 */
export function whyOver(story: Story, item: ReturnItem, policy: Policy): string | undefined {
  const { opening, closing } = item;
  const header = story.rmas.find(({ rmaId }) => rmaId === item.rmaId);
  if (opening && endsReturn(opening.status)) return `its status is ${opening.status}`;
  if (opening?.rmaStatus) return `its RMA is ${opening.rmaStatus}`;
  if (header && endsWholeRma(header.status)) return `its RMA is ${header.status}`;
  if (!closing) return undefined;
  const opens = policy.rmaItemOpens && closing.reportsNothing && !opening && !header;
  return opens ? undefined : 'rma-item reports it received or its RMA closed';
}
