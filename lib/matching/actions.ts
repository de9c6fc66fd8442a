import { confirm } from './confirm.ts';
import { place } from './place.ts';
import { release, reserve, review } from './reserve.ts';
import { withdraw } from './withdraw.ts';

/** What the policy `matchShipments` adds to the actions of a return. */
export const matchingActions = { reserve, review, release, place, confirm, withdraw };
