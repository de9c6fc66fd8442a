import { openingFact } from '../../support/builders.ts';

/** The status of the return is unknown, so the return needs attention. */
export const unclear = openingFact({ status: undefined, unknownStatus: 'retour goedgekeurd' });
export const unclearAttention = 'Map the status of the return: Winkelstraat does not document it.';
export const unclearTasks = [{ task: 'status-unknown' }];
