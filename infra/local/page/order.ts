import { html } from 'hono/html';
import { articleOf } from '../../../lib/returns/article.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { todoOf } from '../../../lib/returns/tasks.ts';
import { plural } from '../../cli/output.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { type HistoryDelivery, readOrderHistory } from '../../ops/order/read-history.ts';
import { waitsFor } from '../../ops/order/waits-for.ts';
import { attentionEntry } from './attention.ts';
import { igfEvents } from './igf.ts';
import { form, type Html, hidden, section, time } from './layout.ts';

/** An order: its returns, with what can happen to them at IGF, and all that happened. */
export async function orderView(bridge: OpenBridge, orderId: string): Promise<Html | undefined> {
  const now = new Date(bridge.now()).toISOString();
  const history = await readOrderHistory(bridge, orderId, now);
  if (!history) return undefined;
  const { order, deliveries } = history;
  const waiting = order.returns.flatMap((item) => {
    const todo = todoOf(item, now);
    return todo ? { item, todo, poNumber: articleOf(order, item)?.poNumber } : [];
  });
  const returns = order.returns.map((item) => returnEntry(item, waitsFor(item, now, bridge.stage.name)));
  return html`<h1>Order ${orderId}</h1>
    ${waiting.length === 0 ? '' : section('Waits for a person', html`<ul class="cards">${waiting.map(attentionEntry)}</ul>`)}
    ${section('Returns', html`<ul class="cards">${returns}</ul>`)}
    ${section('What happened', html`<ol class="cards">${deliveries.map(deliveryEntry)}</ol>`)}`;
}

const deliveryEntry = ({
  webhook,
  receivedAt,
  outcome,
  attempts,
  lastError,
  nextAttemptAt,
}: HistoryDelivery): Html =>
  html`<li>
    <p>${time(receivedAt)} <strong>${webhook}</strong> ${outcome}, ${plural(attempts, 'attempt')}</p>
    ${lastError ? html`<p>${lastError}</p>` : ''}
    ${nextAttemptAt ? html`<p>Next attempt: ${time(nextAttemptAt)}</p>` : ''}</li>`;

function returnEntry(item: ReturnItem, waits: string | undefined): Html {
  const { listingId, state, why, igf } = item;
  return html`<li id="return-${returnId(item)}">
    <p>Return ${returnId(item)}: <strong>${state}</strong></p>
    <p>${why}</p>
    ${waits ? html`<p>It waits for ${waits}.</p>` : ''}
    ${
      listingId === undefined
        ? ''
        : html`<p>At IGF: listing ${listingId}, ${igf?.listing?.status ?? 'status unknown'}</p>
    <div class="buttons">${Object.entries(igfEvents).map(([event, { name }]) =>
      form('igf', html`${hidden({ event, listing: listingId })}<button>${name}</button>`),
    )}</div>`
    }</li>`;
}
