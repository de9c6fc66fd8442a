import { html } from 'hono/html';
import { isoTime } from '../../../lib/runtime/time.ts';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { readAttention } from '../../ops/returns/waiting-returns.ts';
import { scenarios } from '../../ops/send/scenarios.ts';
import { attentionEntry } from './attention.ts';
import { igfFaults } from './igf.ts';
import { cards, form, type Html, orderLink, section, select, time } from './layout.ts';
import type { LocalRun } from './site.ts';
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

/** Everything at a glance: what needs a person, where webhooks are, and what became of returns. */
export async function overview(bridge: OpenBridge, { stackName, alarms, trails }: LocalRun): Promise<Html> {
  const waiting = await readAttention(bridge, isoTime(bridge.now()));
  const all = alarms();
  return html`<h1>${stackName}</h1>
    ${section('Waits for a person', cards(waiting.map(attentionEntry), 'Nothing.'))}
    ${section('Latest webhooks', cards(trails.latest().map(webhook), 'None yet: send a scenario.'))}
    ${section(
      'Alarms',
      html`${cards(all.filter(({ state }) => state === 'ALARM').map(alarm), 'None rings.')}
      <details id="all-alarms"><summary>All ${all.length} alarms</summary>${cards(all.map(alarm))}</details>`,
    )}`;
}

const webhook = ({ eventId, webhook: name, orderId, at, places: found }: Trail): Html => html`
  <p><strong>${name}</strong> ${orderId === undefined ? '' : orderLink(orderId)}
    <small>event ${eventId.slice(0, 8)}, ${time(at)}</small></p>
  <ol class="way">${places.map(
    (place) => html`<li class="${found[place]?.state}"><b>${place}</b> ${found[place]?.text ?? '–'}</li>`,
  )}</ol>`;

const alarm = ({ name, state, since, text }: ReturnType<LocalRun['alarms']>[number]): Html => html`
  <p><strong class="${state}">${name}</strong> ${state}, since ${time(since)}</p><p>${text}</p>`;
