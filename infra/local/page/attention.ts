import { html } from 'hono/html';
import { returnId } from '../../../lib/returns/return-item.ts';
import type { WaitingReturn } from '../../ops/returns/waiting-returns.ts';
import { form, type Html, hidden, orderLink, time } from './layout.ts';

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
