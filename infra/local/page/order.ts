import { html } from 'hono/html';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { type HistoryDelivery, readOrderHistory } from '../../ops/order/read-history.ts';
import { waitsFor } from '../../ops/order/waits-for.ts';
import { waitingReturn } from '../../ops/returns/waiting-returns.ts';
import { attentionEntry } from './attention.ts';
import { igfEvents } from './igf.ts';
import { cards, form, type Html, hidden, section, time, type View } from './layout.ts';

/** An order: its returns, with what can happen to them at IGF, and all that happened. */
export async function orderView(bridge: OpenBridge, orderId: string): Promise<View> {
  const now = isoTime(bridge.now());
  const history = await readOrderHistory(bridge, orderId);
  const title = `Order ${orderId}`;
  if (!history) return { title, content: html`<p>Nothing is known of it yet.</p>` };
  const { order, deliveries } = history;
  const waiting = order.returns.flatMap((item) => waitingReturn(order, item, now) ?? []);
  const returns = order.returns.map((item) => returnEntry(item, waitsFor(item, now, bridge.stage.name)));
  const content = html`
    ${waiting.length === 0 ? '' : section('Waits for a person', cards(waiting.map(attentionEntry)))}
    ${section('Returns', cards(returns, 'None.'))}
    ${section('What happened', cards(deliveries.map(deliveryEntry)))}`;
  return { title, content };
}

const deliveryEntry = ({
  webhook,
  receivedAt,
  outcome,
  attempts,
  lastError = '',
  nextAttemptAt,
}: HistoryDelivery) =>
  html`<p>${time(receivedAt)} <strong>${webhook}</strong> ${outcome}, ${plural(attempts, 'attempt')}</p>
    <p>${lastError}${nextAttemptAt ? html` Next attempt: ${time(nextAttemptAt)}` : ''}</p>`;

function returnEntry(item: ReturnItem, waits: string | undefined): Html {
  const { listingId, state, why, igf } = item;
  const buttons = (listing: number): Html => html`<p>At IGF: listing ${listing}, ${igf?.listing?.status}</p>
    <div class="buttons">${Object.keys(igfEvents).map((event) => form('igf', event, hidden({ event, listing })))}</div>`;
  return html`<p>Return ${returnId(item)}: <strong>${state}</strong></p>
    <p>${why} ${waits ? `It waits for ${waits}.` : ''}</p>
    ${listingId === undefined ? '' : buttons(listingId)}`;
}
