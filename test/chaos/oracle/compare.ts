import { nameOf, type Scenario } from '../scenarios/scenario.ts';
import type { BridgeItem } from '../table-reader.ts';
import type { AcceptedDelivery } from '../winkelstraat.ts';
import { displaced, expected, presumed } from './expected.ts';
import { inputsOf, type ReturnInputs } from './inputs.ts';
import { type Outputs, outputKey } from './outputs.ts';
import type { Expected } from './result.ts';

/** Something that must not be so. */
export interface Difference {
  readonly kind: 'lost' | 'doubled' | 'wrong';
  readonly orderId: string;
  /** A sentence. */
  readonly what: string;
}

type Add = (kind: Difference['kind'], what: string) => void;

export interface Verdict {
  readonly returns: number;
  readonly listings: number;
  readonly cancels: number;
  readonly differences: readonly Difference[];
}

/** Compares the outputs of a run with what its scenarios demand. */
export function compareRun(
  scenarios: readonly Scenario[],
  accepted: readonly AcceptedDelivery[],
  outputs: Outputs,
): Verdict {
  const returns = scenarios.flatMap(inputsOf);
  const known = new Set(returns.map(({ orderId, item }) => outputKey(orderId, nameOf(item))));
  const names = new Set(returns.map(({ item }) => nameOf(item)));
  const unknown = [...outputs.returns].filter(([key]) => !known.has(key));
  const foreign = [...outputs.listings.keys()].filter((name) => !names.has(name));
  const listings = [...outputs.listings.values()].flat();
  return {
    returns: returns.length,
    listings: listings.length,
    cancels: listings.reduce((sum, { id }) => sum + outputs.ledger.cancelled(id), 0),
    differences: [
      ...Map.groupBy(returns, ({ orderId, sku }) => `${orderId} ${sku}`)
        .values()
        .flatMap((ofArticle) => compareArticle(ofArticle, outputs)),
      ...unknown.map(([key, { pk }]) => wrong(pk, `no webhook reported the return ${key}`)),
      ...foreign.map((name) => wrong(name, 'a listing that no call made')),
      ...compareDeliveries(accepted, outputs),
      ...compareDeadLetters(accepted, outputs),
    ],
  };
}

const wrong = (orderId: string, what: string): Difference => ({ kind: 'wrong', orderId, what });

/**
 * Compares the returns of an article. Where several ask for one unit, any of them may have got it: the reading counts
 * with which most is right.
 */
function compareArticle(returns: readonly ReturnInputs[], outputs: Outputs): Difference[] {
  const readings = returns.map((winner) =>
    returns.flatMap((inputs) =>
      compareReturn(inputs, inputs === winner ? expected(inputs) : displaced(inputs), outputs),
    ),
  );
  const [best = []] = readings.sort((one, other) => one.length - other.length);
  return best;
}

function compareReturn(inputs: ReturnInputs, wanted: Expected, outputs: Outputs): Difference[] {
  const { orderId, item, sku } = inputs;
  const name = nameOf(item);
  const differences: Difference[] = [];
  const add: Add = (kind, what) => differences.push({ kind, orderId, what: `${name} ${what}` });
  const stored = outputs.returns.get(outputKey(orderId, name));
  if (!stored) {
    add('lost', 'is not in the table');
    return differences;
  }
  const { state = 'nothing', why } = stored;
  const told: Add = (kind, what) => add(kind, `(${state}: ${why}) ${what}`);
  if (!wanted.states.includes(state)) told('wrong', `must be ${wanted.states.join(' or ')}`);
  if (stored.pendingCall) told('wrong', 'has a claim left');
  compareAttention(stored, wanted, told);
  compareMoney(inputs, stored, told);
  compareListings(name, stored, wanted, outputs, add);
  // One unit was sent of every article of a scenario that is ever listed.
  const [listing = { listingWebshopOrderId: orderId, sku }] = wanted.listings;
  const most = outputs.ledger.mostOnOffer(listing.listingWebshopOrderId, listing.sku);
  if (most > 1) add('doubled', `had ${most} listings of its article at once`);
  return differences;
}

/** Each task that is wanted is asked for, and no other one. */
function compareAttention(
  { attention = '', tasks = [], refundDue }: BridgeItem,
  wanted: Expected,
  add: Add,
): void {
  const missing = wanted.asks.filter((ask) => !ask.test(attention));
  for (const ask of missing) add('wrong', `does not ask for ${ask}, but: ${attention}`);
  const asked = [...wanted.asks, ...wanted.mayAsk].filter((ask) => ask.test(attention));
  if (tasks.length > asked.length) add('wrong', `asks for more than ${asked.join(', ')}: ${attention}`);
  const isPresumed = wanted.mayAsk.includes(presumed) && presumed.test(attention);
  if ((refundDue ?? false) !== (wanted.refundDue || isPresumed))
    add('wrong', `must ${wanted.refundDue ? '' : 'not '}have a refund due`);
}

/** Whatever happened, a refund that IGF announced is settled or asked for, and no amount is below zero. */
function compareMoney({ atIgf }: ReturnInputs, { state, attention = '' }: BridgeItem, add: Add): void {
  const isAsked = /^(Refund due|Closed unrefunded)/.test(attention);
  if (atIgf.includes('REFUND') && state !== 'Settled' && !isAsked)
    add('lost', 'has a refund that nobody is asked for');
  if (/EUR -/.test(attention)) add('wrong', `names an amount below zero: ${attention}`);
}

function compareListings(
  name: string,
  { state = '', listingId }: BridgeItem,
  wanted: Expected,
  { listings, ledger }: Outputs,
  add: Add,
): void {
  const made = ledger.listed(name);
  const there = listings.get(name)?.length ?? 0;
  const due = state === 'Closed' ? [] : wanted.listings;
  if (made.length !== there) add('wrong', `has ${there} listings at IGF, which made ${made.length}`);
  const isMaybe = wanted.states.length > 1 && state === 'Requested';
  if (made.length > due.length) {
    const kind = due.length > 0 ? 'doubled' : 'wrong';
    add(kind, `was listed ${made.length} times, not ${due.length}, and is ${state}`);
  }
  if (made.length < due.length && !isMaybe) {
    add('lost', made.length > 0 ? `was listed ${made.length} times, not ${due.length}` : 'was never listed');
  }
  for (const [index, { request, id }] of made.entries()) {
    const customer = request.customer as { email?: unknown };
    for (const [field, value] of Object.entries(due[index] ?? {})) {
      const sent = field === 'email' ? customer?.email : request[field];
      if (sent !== value) add('wrong', `was listed as ${id} with ${field} ${sent} in place of ${value}`);
    }
  }
  const last = made.at(-1);
  const isStill = wanted.cancels < due.length || state === 'Cancelled';
  if (last && isStill && listingId !== undefined && listingId !== last.id)
    add('wrong', `is listing ${last.id}, not ${listingId}`);
  for (const [index, { id }] of made.entries()) {
    const cancels = ledger.cancelled(id);
    const wants = index < wanted.cancels && state !== 'Closed' ? 1 : 0;
    if (cancels !== wants)
      add(
        cancels > wants ? 'doubled' : 'lost',
        `had its listing ${id} cancelled ${cancels} times, not ${wants}`,
      );
  }
}

/** Every accepted delivery is done: none is forgotten, none waits for ever. */
function compareDeliveries(accepted: readonly AcceptedDelivery[], { events }: Outputs): Difference[] {
  const lost = accepted
    .filter(({ orderId, eventId }) => !events.has(outputKey(orderId, eventId)))
    .map(({ orderId, eventId }) => ({ orderId, what: `the delivery ${eventId} left no trace` }));
  const undone = [...events]
    .filter(([, { outcome }]) => !['done', 'skipped'].includes(outcome ?? ''))
    .map(([key, { outcome, lastError }]) => {
      const [orderId = ''] = key.split(' ');
      return { orderId, what: `the delivery ${key} is ${outcome}: ${lastError}` };
    });
  return [...lost, ...undone].map((each) => ({ kind: 'lost', ...each }));
}

/** No message is parked: IGF accepts everything that the bridge sends. */
function compareDeadLetters(accepted: readonly AcceptedDelivery[], { deadLetters }: Outputs): Difference[] {
  const orderOf = new Map(accepted.map(({ eventId, orderId }) => [eventId, orderId]));
  return deadLetters.map(({ eventId, webhook, reason }) => ({
    kind: 'lost',
    orderId: orderOf.get(eventId) ?? webhook,
    what: `${eventId} (${webhook}) is in a DLQ: ${reason}`,
  }));
}
