import { html } from 'hono/html';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { formatTime, plural } from '../../cli/output.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { toHistory } from '../../ops/order/history-json.ts';
import { readOrderHistory } from '../../ops/order/read-history.ts';
import { waitsFor } from '../../ops/order/waits-for.ts';
import { type WaitingReturn, waitingReturn } from '../../ops/returns/waiting-returns.ts';
import { igfEvents } from './igf.ts';
import { cards, form, type Html, hidden, orderLink, section, time, type View } from './layout.ts';

/** An order: its returns, with what can happen to them at IGF, and all that happened. */
export async function orderView(bridge: OpenBridge, orderId: string): Promise<View> {
  const title = `Order ${orderId}`;
  const history = await readOrderHistory(bridge, orderId);
  if (!history) return { title, content: html`<p>Nothing is known of it yet.</p>` };
  const { order } = history;
  const [now, stage] = [isoTime(bridge.now()), bridge.stage.name];
  const waiting = order.returns.flatMap((item) => waitingReturn(order, item, now) ?? []);
  const returns = order.returns.map((item) => returnEntry(item, waitsFor(item, now, stage)));
  const content = html`
    ${waiting.length === 0 ? '' : section('Waits for a person', cards(waiting.map(attentionEntry)))}
    ${section('Returns', cards(returns, 'None.'))}
    ${section('What happened', html`<ol class="log">${timeline(toHistory(history, { now, stage }))}</ol>`)}`;
  return { title, content };
}

/** Every webhook, decision, attempt that failed, and what people did, the oldest first. */
function timeline({ deliveries, returns }: ReturnType<typeof toHistory>): Html[] {
  type Entry = readonly [at: string, about: string, ...what: (string | null | false)[]];
  const entries: Entry[] = [
    ...deliveries.map(
      ({ receivedAt, webhook, by }): Entry => [receivedAt, webhook, 'came in', by && `by ${by}`],
    ),
    ...returns.flatMap(({ decisions, answers, ...ids }): Entry[] => [
      ...decisions.map(
        ({ at, state, rule }): Entry => [at, `return ${returnId(ids)}`, state, rule && `by the rule ${rule}`],
      ),
      ...answers.map(
        ({ at, task, by, note }): Entry => [
          at,
          `return ${returnId(ids)}`,
          `${task} is done`,
          `by ${by}`,
          note,
        ],
      ),
    ]),
    ...deliveries.flatMap(
      ({ webhook, failures, operations, lastAttemptAt, outcome, attempts, nextAttemptAt }): Entry[] => [
        ...failures.map(({ at, error }): Entry => [at, webhook, 'an attempt failed', error]),
        ...operations.map(({ at, did, by, reason }): Entry => [at, webhook, did, by && `by ${by}`, reason]),
        [
          lastAttemptAt,
          webhook,
          outcome,
          plural(attempts, 'attempt'),
          nextAttemptAt && `the next at ${formatTime(nextAttemptAt)}`,
        ],
      ],
    ),
  ];
  // What one second has stays in this order: the times of decisions are whole seconds.
  return entries
    .sort(([one], [other]) => one.slice(0, 19).localeCompare(other.slice(0, 19)))
    .map(
      ([at, about, ...what]) =>
        html`<li>${time(at)} <strong>${about}</strong> ${what.filter(Boolean).join(', ')}</li>`,
    );
}

function returnEntry(item: ReturnItem, waits: string | undefined): Html {
  const { listingId, state, why, igf } = item;
  const buttons = (listing: number): Html => html`<p>At IGF: listing ${listing}, ${igf?.listing?.status}</p>
    <div class="buttons">${Object.keys(igfEvents).map((event) => form('igf', event, hidden({ event, listing })))}</div>`;
  return html`<p>Return ${returnId(item)}: <strong>${state}</strong></p>
    <p>${why} ${waits ? `It waits for ${waits}.` : ''}</p>
    ${listingId === undefined ? '' : buttons(listingId)}`;
}

/** What a person must do about a return, and the form that says that it is done. */
export function attentionEntry({ item, todo, poNumber }: WaitingReturn): Html {
  const { orderId, state } = item;
  const name = returnId(item);
  const fields = html`${hidden({ order: orderId, return: name })}
    <label>Note <input name="note" id="note-${orderId}-${name}" required></label>`;
  return html`<p>${orderLink(orderId)}${poNumber === undefined ? '' : `, PO ${poNumber}`}, return ${name}:
      <strong>${state}</strong>, since ${time(todo.since)}</p>
    <p>${todo.text}</p>
    ${todo.tasks.length === 0 ? '' : form('done', 'Done', fields, `Done: return ${name}`)}`;
}
