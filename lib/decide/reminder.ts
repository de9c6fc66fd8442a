import type { IgfState } from '../returns/igf-state.ts';
import type { IgfProgress } from './igf-progress.ts';

/** How long before its deadline a return without a label is brought to a human's attention. */
export const reminderMs = 48 * 60 * 60 * 1000;

/** Whether the article of this order must be handed in within the time of the reminder. ISO 8601 UTC, both. */
const isNear = (deadline: string, now: string): boolean =>
  Date.parse(deadline) - Date.parse(now) <= reminderMs;

/** `2024-05-13T12:00:00.000Z` as a person reads it: `2024-05-13 12:00 UTC`. */
const readable = (time: string): string => `${time.slice(0, 10)} ${time.slice(11, 16)} UTC`;

/** A buyer waits, the deadline is near, and no label was made: the one thing that time alone brings about. */
export function remindInTime(life: IgfProgress, { order }: IgfState, now: string): IgfProgress {
  const deadline = order?.returnDeadline;
  if (life.state !== 'Matched' || life.attention || !deadline || !isNear(deadline, now)) return life;
  const attention = `Not labelled yet: the article must be handed in by ${readable(deadline)}. Remind the sender.`;
  return { ...life, attention };
}
