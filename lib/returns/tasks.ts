/** How the bridge explains a return, what people must do about it, and what it waits for. */
import { isEqual } from './merge.ts';
import { npxBridge } from './npx-bridge.ts';
import { type Answer, type ReturnItem, returnId, type Task, type WaitKind } from './return-item.ts';

/** The bridge's explanation of a return: its state, the reason, and what people must do. */
export type Explanation = Pick<
  ReturnItem,
  'state' | 'why' | 'attention' | 'tasks' | 'refundDue' | 'unmappedTerm' | 'waits' | 'observedOnly' | 'rule'
>;

export const isUnchanged = (item: ReturnItem, explanation: Explanation): boolean =>
  (['state', 'why', 'attention', 'tasks', 'waits', 'unmappedTerm'] as const).every((field) =>
    isEqual(item[field], explanation[field]),
  ) &&
  (['refundDue', 'observedOnly'] as const).every(
    (field) => (item[field] ?? false) === (explanation[field] ?? false),
  );

/** Whether two tasks are one: the same kind of task, about the same amount. Their words make no difference. */
const isSameTask = (one: Task, other: Task): boolean =>
  one.task === other.task && one.amount === other.amount;

const has = (tasks: readonly Task[] | undefined, task: Task): boolean =>
  tasks?.some((other) => isSameTask(task, other)) ?? false;

/** Whether a person has done a task. With another amount it is another one. @param since earlier answers don't count */
export const isAnswered = (answers: readonly Answer[] | undefined, task: Task, since = ''): boolean =>
  answers?.some((answer) => isSameTask(answer, task) && answer.at >= since) ?? false;

/** The tasks of a return whose notice has been sent and that are still open. */
const stillOpen = (
  notified: readonly Task[] | undefined,
  tasks: readonly Task[] | undefined,
): Task[] | undefined => {
  const open = notified?.filter((task) => has(tasks, task)) ?? [];
  return open.length > 0 ? open : undefined;
};

type AttentionFields = Pick<ReturnItem, 'attention' | 'attentionSince' | 'tasks' | 'notifiedOf'>;

/**
 * The attention fields of an item from `now` (ISO 8601 UTC) on. `attentionSince` stays while one of its tasks does. A
 * task that ends and comes back needs a new notice.
 */
export function attentionFields(
  item: AttentionFields,
  { attention, tasks }: Pick<Explanation, 'attention' | 'tasks'>,
  now: string,
): AttentionFields {
  const isGoingOn = attention === item.attention || stillOpen(item.tasks, tasks) !== undefined;
  const attentionSince = attention && (isGoingOn ? (item.attentionSince ?? now) : now);
  return { attention, attentionSince, tasks, notifiedOf: stillOpen(item.notifiedOf, tasks) };
}

type WaitingFields = Pick<ReturnItem, 'waits' | 'waitingSince'>;

/** What an item waits for, from `now` (ISO 8601 UTC) on. `waitingSince` stays while it waits for the same. */
export const waitingFields = (
  item: WaitingFields,
  waits: WaitKind | undefined,
  now: string,
): WaitingFields => ({ waits, waitingSince: waits && (item.waits === waits ? item.waitingSince : now) });

/** A return has waited for a day for a shipment that is older than the bridge's first delivery. */
export const shipmentBeforeBridge = 'shipment-before-bridge';

/** Whether a task is a line of the daily notice. It has no notice of its own. */
export const isInDailyNotice = ({ task }: Task): boolean => task === shipmentBeforeBridge;

/** Whether a task is to map an unknown text. One notice for each text says it. */
export const isToMap = ({ task }: Task): boolean => task === 'unmapped-term' || task === 'status-unknown';

/** The command that shows what a task is about, where the order does not. */
export function commandFor(tasks: readonly Task[], stage: string): string | undefined {
  if (tasks.some(isToMap)) return npxBridge(stage, 'unmapped');
  return tasks.some(({ task }) => task === 'unusable-item') ? npxBridge(stage, 'rejected') : undefined;
}

export const toNotify = ({ tasks = [], notifiedOf }: Pick<ReturnItem, 'tasks' | 'notifiedOf'>): Task[] =>
  tasks.filter((task) => !isInDailyNotice(task) && !has(notifiedOf, task));

/** How long a return waits before a person is asked, in seconds. */
export const patienceSeconds = 24 * 60 * 60;

/** The task of a person when a return has waited too long. To wait for something else is another task. */
export const waitTask = (waits: WaitKind): Task => ({ task: `waits-for-${waits}` });

/** Completes "It waits for …". */
export const awaited: Record<WaitKind, string> = {
  shipment: 'the shipment, which must provide the customer and the price',
  units: 'an authorized unit',
  status: 'a status that the bridge knows',
  'decided-in-part': 'the decision about this item',
  delivery: "the delivery of the order's shipment to the customer",
  track: 'the warehouse, whose own return label the RMA carries',
  'other-return': 'another return of the same unit, which may be listed at ItGoesForward',
};

const support = 'partnersupport@winkelstraat.nl';
const trigger = 'https://m2.winkelstraat.nl/rest/all/V2/winkelstraat/push_api/webhook-trigger/rma';

type Named = Pick<ReturnItem, 'orderId' | 'rmaId' | 'itemId' | 'family'>;

/**
 * How Winkelstraat is asked to send a webhook of a return again: by what it offers to the return's family.
 * @param what names what is missing @param url the bridge's URL of push-api/v2/rma
 */
export function resendRequest(item: Named, what: string, url = "<the bridge's URL of push-api/v2/rma>") {
  const { orderId, rmaId, family } = item;
  if (family === 'stock-hub') {
    const text = `Order ${orderId}, return ${returnId(item)}: we still wait for ${what}. Please send its webhook again`;
    return { mail: { to: support, text } };
  }
  const shipmentToken = '<shipmentToken, from Winkelstraat>';
  const apiKey = "<the bridge's x-api-key>";
  return { call: { url: trigger, body: { shipmentToken, incrementId: rmaId, url, apiKey } } };
}

/** What a person does about a return that has waited too long. */
export function waitingSentence(waits: WaitKind, item: Named): string {
  const opening = `It has waited for more than 24 hours for ${awaited[waits]}.`;
  if (waits === 'other-return') return `${opening} Redrive the parked message of that return.`;
  const { mail, call } = resendRequest(item, awaited[waits]);
  return mail
    ? `${opening} Mail ${mail.to}: "${mail.text}".`
    : `${opening} Let Winkelstraat send the RMA again: POST ${call.url} with the body ${JSON.stringify(call.body)}.`;
}

/** Whether a person is asked about its long wait, and has done nothing about it. @param now ISO 8601 UTC */
export function isOverdue(
  { waits, waitingSince, answers }: Pick<ReturnItem, 'waits' | 'waitingSince' | 'answers'>,
  now: string,
): boolean {
  if (!waits || waitingSince === undefined) return false;
  const tasks = [waitTask(waits), ...(waits === 'shipment' ? [{ task: shipmentBeforeBridge }] : [])];
  const isLong = Date.parse(now) - Date.parse(waitingSince) >= patienceSeconds * 1000;
  return isLong && !tasks.some((task) => isAnswered(answers, task));
}

export interface Todo {
  text: string;
  /** The tasks that the text names, in its order. */
  tasks: readonly Task[];
  /** Since when, ISO 8601 UTC. */
  since: string;
}

/** What a person must do now. A wait of a day counts before a worker decides about it. @param now ISO 8601 UTC */
export function todoOf(item: ReturnItem, now: string): Todo | undefined {
  const { attention, attentionSince = '', tasks = [], waits, waitingSince = '' } = item;
  if (attention) return { text: attention, tasks, since: attentionSince };
  if (!waits || !isOverdue(item, now)) return undefined;
  return { text: waitingSentence(waits, item), tasks: [waitTask(waits)], since: waitingSince };
}
