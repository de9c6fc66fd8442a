import { html } from 'hono/html';
import type { OpenBridge } from '../../ops/aws/open-bridge.ts';
import { readAttention } from '../../ops/returns/waiting-returns.ts';
import { scenarios } from '../../ops/send/scenarios.ts';
import { attentionEntry } from './attention.ts';
import { igfFaults } from './igf.ts';
import { form, type Html, orderLink, section, time } from './layout.ts';
import type { LocalRun } from './site.ts';
import type { Place, Trail } from './trails.ts';

/** What there is to try, which depends on nothing. */
export const tryIt = (): Html => html`<section class="try" aria-label="Try it">
  ${form(
    'scenarios',
    html`<label>Send a scenario
      <select name="scenario">${Object.entries(scenarios).map(
        ([name, { description }]) => html`<option value="${name}">${name}: ${description}</option>`,
      )}</select></label>
      <button>Send</button>`,
  )}
  ${form(
    'faults',
    html`<label>Let IGF fail
      <select name="fault">${Object.entries(igfFaults).map(
        ([name, { text }]) => html`<option value="${name}">${text}</option>`,
      )}</select></label>
      <button>Do it</button>`,
  )}
</section>`;

/** Everything at a glance: what needs a person, where webhooks are, what became of returns. */
export async function overview(bridge: OpenBridge, { stackName, alarms, trails }: LocalRun): Promise<Html> {
  const waiting = await readAttention(bridge, new Date(bridge.now()).toISOString());
  return html`<h1>${stackName}</h1>
    ${section(
      'Waits for a person',
      waiting.length === 0
        ? html`<p>Nothing.</p>`
        : html`<ul class="cards">${waiting.map(attentionEntry)}</ul>`,
    )}
    ${section('Latest webhooks', webhooks(trails.latest()))}
    ${section('Alarms', alarmList(alarms()))}`;
}

const webhooks = (trails: readonly Trail[]): Html =>
  trails.length === 0
    ? html`<p>None yet: send a scenario.</p>`
    : html`<ul class="cards">${trails.map(
        (trail) => html`<li id="event-${trail.eventId}">
          <p><strong>${trail.webhook}</strong> ${trail.orderId === undefined ? '' : orderLink(trail.orderId)}
            <small>event ${trail.eventId.slice(0, 8)}, ${time(trail.at)}</small></p>
          <ol class="way">${(['ingest', 'queue', 'worker', 'table', 'igf'] as const).map((name) => place(name, trail[name]))}</ol>
        </li>`,
      )}</ul>`;

const place = (name: string, at: Place | undefined): Html =>
  html`<li class="${at?.state ?? 'not'}"><b>${name === 'igf' ? 'IGF' : name}</b> ${at?.text ?? '–'}</li>`;

function alarmList(all: ReturnType<LocalRun['alarms']>): Html {
  const ringing = all.filter(({ state }) => state === 'ALARM');
  const line = ({ name, state, since, text }: (typeof all)[number]) => html`<li id="alarm-${name}">
    <p><strong>${name}</strong> ${state}, since ${time(since)}</p><p>${text}</p></li>`;
  return html`
    ${ringing.length === 0 ? html`<p>None rings.</p>` : html`<ul class="cards trouble">${ringing.map(line)}</ul>`}
    <details id="all-alarms"><summary>All ${all.length} alarms</summary><ul class="cards">${all.map(line)}</ul></details>`;
}
