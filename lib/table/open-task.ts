import { isHandedIn } from '../returns/igf-state.ts';
import type { ReturnItem, ReturnState } from '../returns/return-item.ts';
import { unmappedTask } from './keys.ts';

/** A return's entry in the sparse index `tasks`: what the return waits for, and since when. */
export interface OpenTask {
  /**
   * Partition: it waits for a person (`ATTENTION`), for IGF (`OPEN`), for something that may never come, and asks a
   * person after a day (`WAITING`), for a call that `mode=observe` kept back (`OBSERVED`), or for a person to map a
   * term (`UNMAPPED#REASON#mouwen te wijd`). Who lists all that waits for a person needs the unmapped terms first.
   */
  task: 'ATTENTION' | 'OPEN' | 'WAITING' | 'OBSERVED' | `UNMAPPED#${string}`;
  /** Sort key: since when it waits, ISO 8601 UTC. */
  due: string;
}

/** States in which IGF may still report something about the listing. */
export const followedStates: ReadonlySet<ReturnState> = new Set(['Listed', 'Matched', 'Labelled', 'Shipped']);

/** Whether its article was handed in, also after the forwarding had ended, and no refund is due yet. */
export const awaitsRefund = ({
  state,
  refundDue,
  igf,
}: Pick<ReturnItem, 'state' | 'refundDue' | 'igf'>): boolean =>
  state !== 'Settled' && !refundDue && (state === 'Completed' || (igf !== undefined && isHandedIn(igf)));

/** Whether a report of IGF or the passing of time may still change it. */
const isOpen = (item: ReturnItem): boolean => followedStates.has(item.state) || awaitsRefund(item);

/** Sorts before every time. An index key must not be empty. */
const epoch = '1970-01-01T00:00:00.000Z';

/** What a return waits for, if anything. An item without these attributes leaves the index. */
export function openTaskOf(item: ReturnItem): OpenTask | undefined {
  const { state, attention, attentionSince, lastUpdateAt, unmappedTerm } = item;
  if (unmappedTerm && (state === 'NeedsMapping' || item.waits === 'status')) {
    return { task: unmappedTask(unmappedTerm), due: attentionSince ?? epoch };
  }
  if (attention) return { task: 'ATTENTION', due: attentionSince ?? epoch };
  if (isOpen(item)) return { task: 'OPEN', due: lastUpdateAt ?? epoch };
  if (item.waits) return { task: 'WAITING', due: item.waitingSince ?? epoch };
  return item.observedOnly ? { task: 'OBSERVED', due: item.opening?.receivedAt ?? epoch } : undefined;
}
