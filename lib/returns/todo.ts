import type { ReturnItem, Task } from './return-item.ts';
import { isAnswered } from './tasks.ts';
import { isOverdue, waitingSentence, waitsTooLong } from './waiting.ts';

/** What a person must do about a return. */
export interface Todo {
  /** One or more sentences. */
  text: string;
  /** The tasks that the text names, in its order. */
  tasks: readonly Task[];
  /** Since when, ISO 8601 UTC. */
  since: string;
}

/**
 * What a person must do about a return now, if anything. A return that has waited for a day is in the list before a
 * worker decides about it again. @param now ISO 8601 UTC
 */
export function todoOf(item: ReturnItem, now: string): Todo | undefined {
  const { attention, attentionSince = '', tasks = [], waits, waitingSince = '', answers } = item;
  if (attention) return { text: attention, tasks, since: attentionSince };
  const task = { task: waitsTooLong };
  if (!waits || !isOverdue(item, now) || isAnswered(answers, task)) return undefined;
  return { text: waitingSentence(waits, item), tasks: [task], since: waitingSince };
}
