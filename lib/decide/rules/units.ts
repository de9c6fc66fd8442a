/** Rules about the units of an article that were sent, and that are promised to another customer. */
import { wait } from '../../actions/explain.ts';
import { type ReturnItem, returnId } from '../../returns/return-item.ts';
import { isBeingListed, promisedOthers, unitsPromised, unitsSent } from '../../returns/units.ts';
import type { NextStep } from '../../rules/rule.ts';
import { endedState, openState, stay, unchanged } from '../../rules/steps.ts';
import type { UnlistedView } from '../../rules/view.ts';

const named = (returns: readonly ReturnItem[]): string => returns.map(returnId).join(', ');

/**
 * Each unit that was sent can be promised to one customer. While a call that may list another return has no
 * outcome, this return waits: the unit is free again when that call did nothing.
 */
export function unitsArePromised({ order, item, now }: UnlistedView): NextStep | undefined {
  const sent = unitsSent(order, item);
  const others = promisedOthers(order, item);
  if (unitsPromised(order, others) < sent) return undefined;
  const unsure = others.filter(isBeingListed);
  if (unitsPromised(order, others) - unitsPromised(order, unsure) < sent) {
    const claims = unsure.flatMap(({ pendingCall }) => pendingCall?.until ?? []);
    const [until] = claims.filter((end) => end > now).sort();
    if (until !== undefined) return unchanged(item, wait({ until }));
    const why = `Its unit may be on offer already: it is not known whether return ${named(unsure)} is listed.`;
    return stay(item, openState(item), why, { waits: 'other-return' });
  }
  const by = others.length > 0 ? `, and return ${named(others)} has promised them already` : '';
  const why = `The normal return goes on: ${sent} of its article were sent to the customer${by}.`;
  const attention =
    `More units come back than were sent: ${sent} in order ${order.orderId}${by}. ` +
    `Check return ${returnId(item)} at Winkelstraat.`;
  return stay(item, endedState(item, 'NotForwardable'), why, { attention });
}
