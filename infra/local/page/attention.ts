import { html } from 'hono/html';
import { returnId } from '../../../lib/returns/return-item.ts';
import type { WaitingReturn } from '../../ops/returns/waiting-returns.ts';
import { form, type Html, hidden, orderLink, time } from './layout.ts';

/** What a person must do about a return, and the form that says that it is done. */
export function attentionEntry({ item, todo, poNumber }: WaitingReturn): Html {
  const name = returnId(item);
  const id = `done-${item.orderId}-${name}`;
  return html`<li id="${id}">
    <p>${orderLink(item.orderId)}${poNumber === undefined ? '' : `, PO ${poNumber}`}, return ${name}:
      <strong>${item.state}</strong>, since ${time(todo.since)}</p>
    <p>${todo.text}</p>
    ${
      todo.tasks.length === 0
        ? ''
        : form(
            'done',
            html`${hidden({ order: item.orderId, return: name })}
              <label>Note <input name="note" id="${id}-note" required></label>
              <button>Done</button>`,
            `Done: return ${name}`,
          )
    }</li>`;
}
