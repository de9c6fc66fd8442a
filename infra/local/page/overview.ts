import { html } from 'hono/html';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { find } from '../../ops/find/find.ts';
import { listReturns } from '../../ops/find/list.ts';
import { readAttention } from '../../ops/returns/waiting-returns.ts';
import { scenarios } from '../../ops/send/scenario.ts';
import { readStatus } from '../../ops/status/read-status.ts';
import type { Status } from '../../ops/status/status.ts';
import { igfFaults } from './igf.ts';
import { cards, form, type Html, orderLink, section, select, time, type View } from './layout.ts';
import type { LocalRun } from './local-run.ts';
import { attentionEntry } from './order.ts';
import { places, type Trail } from './trails.ts';

/** What there is to try. */
export const tryIt = (): Html => html`<section class="try" aria-label="Try it">
  ${form(
    'scenarios',
    'Send',
    select('Send a scenario', 'scenario', scenarios, (name, { description }) => `${name}: ${description}`),
  )}
  ${form(
    'faults',
    'Do it',
    select('Let IGF fail', 'fault', igfFaults, (_name, { text }) => text),
  )}
</section>`;

/** The status asks IGF, whose log would soon show nothing else. In real time. */
const statusMs = 5000;

/** Everything at a glance: what needs a person, where webhooks are, and what became of returns. */
export function overviewOf(run: LocalRun): (bridge: OpenBridge) => Promise<View> {
  let last: { readonly at: number; readonly status: Promise<Status> } | undefined;
  return async (bridge) => {
    const now = performance.now();
    if (!last || now > last.at + statusMs) last = { at: now, status: readStatus(bridge) };
    return { title: 'The bridge on this machine', content: await overview(bridge, run, await last.status) };
  };
}

async function overview(bridge: OpenBridge, { alarms, trails }: LocalRun, status: Status): Promise<Html> {
  const waiting = await readAttention(bridge, isoTime(bridge.now()));
  const returns = await listReturns(bridge, {});
  const problems = status.problems.filter(({ kind }) => kind !== 'attention' && kind !== 'alarm');
  const all = alarms();
  return html`
    ${section('Broken', cards(problems.map(problem), 'Nothing.'))}
    ${section('Waits for a person', cards(waiting.map(attentionEntry), 'Nothing.'))}
    ${section('Latest webhooks', cards(trails.latest().map(webhook), 'None yet: send a scenario.'))}
    ${section('Returns', cards(byState(returns), 'None yet.'))}
    ${section(
      'Alarms',
      html`${cards(all.filter(({ state }) => state === 'ALARM').map(alarm), 'None rings.')}
      <details id="all-alarms"><summary>All ${all.length} alarms</summary>${cards(all.map(alarm))}</details>`,
    )}`;
}

const problem = ({ kind, since, text, command }: Status['problems'][number]): Html => html`
  <p><strong>${kind}</strong> ${since === null ? '' : html`since ${time(since)}`}</p>
  <p>${text} ${command === null ? '' : html`<code>${command}</code>`}</p>`;

/** Where something stands: any id or number that a person has in hand. */
export async function findView(bridge: OpenBridge, typed: string): Promise<View> {
  const found = (await find(typed, bridge)).map(
    ({ kind, id, orderId, as }) =>
      html`<p>${kind} ${id}, by its ${as} ${orderId === null ? '' : orderLink(orderId)}</p>`,
  );
  return { title: `Find ${typed}`, content: cards(found, 'It stands nowhere.') };
}

/** How many returns are in each state, with the newest of them. */
const byState = (returns: readonly ReturnItem[]): Html[] =>
  [...Map.groupBy(returns, ({ state }) => state)].map(([state, own]) => {
    const newest = new Set(own.slice(0, 8).map(({ orderId }) => orderId));
    return html`<p><strong>${own.length} ${state}</strong></p><p>${[...newest].map((order) => html`${orderLink(order)} `)}</p>`;
  });

const webhook = ({ eventId, webhook: name, orderId, at, places: found }: Trail): Html => html`
  <p><strong>${name}</strong> ${orderId === undefined ? '' : orderLink(orderId)}
    <small>event ${eventId.slice(0, 8)}, ${time(at)}</small></p>
  <ol class="way">${places.map(
    (place) => html`<li class="${found[place]?.state}"><b>${place}</b> ${found[place]?.text ?? '–'}</li>`,
  )}</ol>`;

const alarm = ({ name, state, since, text }: ReturnType<LocalRun['alarms']>[number]): Html => html`
  <p><strong class="${state}">${name}</strong> ${state}, since ${time(since)}</p><p>${text}</p>`;
