import type { Answer, ReturnItem, Task } from './return-item.ts';

/** Whether two tasks are one: the same kind of task, about the same amount. Their words make no difference. */
const isSameTask = (one: Task, other: Task): boolean =>
  one.task === other.task && one.amount === other.amount;

const has = (tasks: readonly Task[] | undefined, task: Task): boolean =>
  tasks?.some((other) => isSameTask(task, other)) ?? false;

/**
 * Whether a person has done a task. A task with another amount is another task.
 * @param since the task is about something that happened then: earlier answers are about something else
 */
export const isAnswered = (answers: readonly Answer[] | undefined, task: Task, since = ''): boolean =>
  answers?.some((answer) => isSameTask(answer, task) && answer.at >= since) ?? false;

/** The tasks of a return whose notice has been sent and that are still open. */
export const stillOpen = (
  notified: readonly Task[] | undefined,
  tasks: readonly Task[] | undefined,
): Task[] | undefined => {
  const open = notified?.filter((task) => has(tasks, task)) ?? [];
  return open.length > 0 ? open : undefined;
};

/** A return has waited for a day for a shipment that is older than the bridge's first delivery. */
export const shipmentBeforeBridge = 'shipment-before-bridge';

/** Whether a task is a line of the daily notice. It has no notice of its own. */
export const isInDailyNotice = ({ task }: Task): boolean => task === shipmentBeforeBridge;

/** Whether a return has a task of which a notice must be sent. */
export const needsNotice = ({ tasks, notifiedOf }: Pick<ReturnItem, 'tasks' | 'notifiedOf'>): boolean =>
  tasks?.some((task) => !isInDailyNotice(task) && !has(notifiedOf, task)) ?? false;
