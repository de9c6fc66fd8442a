import { html } from 'hono/html';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { toHistory } from '../../ops/order/history-json.ts';
import { readOrderHistory } from '../../ops/order/read-history.ts';
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
  const explained = toHistory(history, { now, stage });
  const returns = order.returns.map((item, at) => returnEntry(item, explained.returns[at]?.waitsFor));
  const content = html`
    ${waiting.length === 0 ? '' : section('Waits for a person', cards(waiting.map(attentionEntry)))}
    ${section('Returns', cards(returns, 'None.'))}
    ${section('What happened', html`<ol class="log">${timeline(explained)}</ol>`)}`;
  return { title, content };
}

/** Every webhook, decision, attempt that failed, and what people did, the oldest first. */
function timeline({ deliveries, returns }: ReturnType<typeof toHistory>): Html[] {
  const entry = (at: string, what: string): { at: string; what: string } => ({ at, what });
  const by = (who: string | null): string => (who === null ? '' : `, by ${who}`);
  const entries = [
    ...deliveries.map((one) => entry(one.receivedAt, `${one.webhook} came in${by(one.by)}`)),
    ...returns.flatMap(({ decisions, answers, ...ids }) => [
      ...decisions.map((one) =>
        entry(one.at, `return ${returnId(ids)} ${one.state}, by the rule ${one.rule}`),
      ),
      ...answers.map((one) =>
        entry(one.at, `return ${returnId(ids)} ${one.task} is done${by(one.by)}, ${one.note}`),
      ),
    ]),
    ...deliveries.flatMap(({ webhook, failures, operations, ...last }) => [
      ...failures.map((one) => entry(one.at, `${webhook} failed, ${one.error}`)),
      ...operations.map((one) => entry(one.at, `${webhook} ${one.did}${by(one.by)} ${one.reason ?? ''}`)),
      entry(last.lastAttemptAt, `${webhook} ${last.outcome}, ${plural(last.attempts, 'attempt')}`),
    ]),
  ];
  // What one second has stays in this order: the times of decisions are whole seconds.
  return entries
    .sort((one, other) => one.at.slice(0, 19).localeCompare(other.at.slice(0, 19)))
    .map(({ at, what }) => html`<li>${time(at)} ${what}</li>`);
}

function returnEntry(item: ReturnItem, waits: string | null | undefined): Html {
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
