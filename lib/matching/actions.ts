import { confirmMatch } from './confirm.ts';
import { place } from './place.ts';
import { release, reserve, review } from './reserve.ts';
import { withdraw } from './withdraw.ts';

/** The actions that the policy `matchShipments` adds. */
export const matchingActions = { reserve, review, release, place, confirm: confirmMatch, withdraw };
