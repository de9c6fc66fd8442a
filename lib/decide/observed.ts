import type { ReturnItem } from '../returns/return-item.ts';
import { type Decision, noAction } from './decision.ts';

/** Policy `mode=observe`: everything is decided and explained, and IGF is not called. */
export function observed(item: ReturnItem, decision: Decision): Decision {
  switch (decision.action.kind) {
    case 'list':
      return {
        ...decision,
        state: item.state === 'Listing' ? 'Listing' : 'Requested',
        why: `Observed only: it would be listed. ${decision.why}`,
        action: noAction,
      };
    case 'check':
      return {
        ...decision,
        state: item.state === 'Listing' ? 'Listing' : 'Requested',
        why: 'Observed only: ItGoesForward would be asked whether it can be forwarded, and it would be listed then.',
        action: noAction,
      };
    case 'resolve':
      return {
        ...decision,
        state: item.state,
        why: `Observed only: ItGoesForward would be asked whether it listed it. ${decision.why}`,
        action: noAction,
      };
    case 'cancel':
      return {
        ...decision,
        state: item.state,
        why: `Observed only: its listing would be cancelled. ${decision.why}`,
        action: noAction,
      };
    case 'regular-return':
      return {
        ...decision,
        why: `Observed only: it would become a regular return. ${decision.why}`,
        action: noAction,
      };
    case 'deliver':
      return {
        ...decision,
        why: `Observed only: it would be set delivered. ${decision.why}`,
        action: noAction,
      };
    case 'place':
    case 'confirm':
    case 'withdraw':
      return {
        ...decision,
        why: `Observed only: ItGoesForward would be called. ${decision.why}`,
        action: noAction,
      };
    default:
      return decision;
  }
}
