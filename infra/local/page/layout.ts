import { html } from 'hono/html';
import type { LocalRun } from './local-run.ts';

export type Html = ReturnType<typeof html>;

/** What a page shows, below its title. */
export interface View {
  readonly title: string;
  readonly content: Html;
}

interface Page extends View {
  readonly run: Pick<LocalRun, 'stackName' | 'world'>;
  /** The address that streams the view. */
  readonly source: string;
  /** What stays as it is. */
  readonly aside: Html | undefined;
}

/** What the stream renews. */
export const mainOf = ({ title, content }: View): Html => html`<h1>${title}</h1>${content}`;

/** The page around a view. htmx renews `main`, and keeps what is typed, open and focused in it. */
export const layout = ({
  run: { stackName, world },
  source,
  aside = html``,
  ...view
}: Page): Html => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="htmx-config" content='{"morphIgnore": ["data-htmx-powered", "open"]}'>
    <title>${view.title}</title>
    <link rel="icon" href="/_local/icon.svg">
    <link rel="stylesheet" href="/_local/style.css">
    <script src="/_local/htmx.js" defer></script>
  </head>
  <body>
    <header>
      <a href="/_local">Overview</a>
      <span>${stackName}, mode ${world.stage.settings.mode}${world.clock.speed === 1 ? '' : `, its clock ${world.clock.speed} times faster`}</span>
      <form action="/_local/find" role="search">
        <label>Order, RMA, SKU, event … <input name="text" required size="14"></label>
        <button>Find</button>
      </form>
    </header>
    ${aside}
    <div id="answer" role="status"></div>
    <main id="live" hx-sse:connect="${source}" hx-target="this" hx-swap="innerMorph">${mainOf(view)}</main>
  </body>
</html>`;

/** A part of the page, which a screen reader lists by its title. */
export const section = (title: string, content: Html): Html => {
  const id = title.toLowerCase().replaceAll(' ', '-');
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>${content}</section>`;
};

/** A list, or else what there is to say about an empty one. */
export const cards = (entries: readonly Html[], otherwise = ''): Html =>
  entries.length === 0
    ? html`<p>${otherwise}</p>`
    : html`<ul class="cards">${entries.map((entry) => html`<li>${entry}</li>`)}</ul>`;

/** A form whose answer appears in the page's status line. */
export const form = (action: string, button: string, fields: Html, label = button): Html =>
  html`<form hx-post="/_local/${action}" hx-target="#answer" aria-label="${label}">${fields} <button>${button}</button></form>`;

/** A choice between the entries of a record. */
export const select = <T>(
  label: string,
  name: string,
  entries: Readonly<Record<string, T>>,
  text: (value: string, entry: T) => string,
): Html =>
  html`<label>${label} <select name="${name}">${Object.entries(entries).map(
    ([value, entry]) => html`<option value="${value}">${text(value, entry)}</option>`,
  )}</select></label>`;

/** Values that a form sends along. */
export const hidden = (values: Readonly<Record<string, string | number>>): Html =>
  html`${Object.entries(values).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}`;

/** A time of the bridge, ISO 8601 UTC. */
export const time = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.replace('T', ' ').replace(/\.\d+Z$/, 'Z')}</time>`;

export const orderLink = (orderId: string): Html =>
  html`<a href="/_local/orders/${encodeURIComponent(orderId)}">order ${orderId}</a>`;
