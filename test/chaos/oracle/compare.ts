import { nameOf, type Scenario } from '../scenarios/scenario.ts';
import type { BridgeItem } from '../table-reader.ts';
import type { AcceptedDelivery } from '../winkelstraat.ts';
import { type Expected, expected } from './expected.ts';
import { inputsOf, type ReturnInputs } from './inputs.ts';
import { type Outputs, outputKey } from './outputs.ts';

/** Something that must not be so. */
export interface Difference {
  readonly kind: 'lost' | 'doubled' | 'wrong';
  readonly orderId: string;
  /** A sentence. */
  readonly what: string;
}

type Add = (kind: Difference['kind'], orderId: string, what: string) => void;

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
  const differences: Difference[] = [];
  const add: Add = (kind, orderId, what) => differences.push({ kind, orderId, what });
  const all = scenarios
    .flatMap(inputsOf)
    .map((inputs) => ({ ...inputs, inputs, expected: expected(inputs) }));
  const known = new Set(all.map(({ orderId, item }) => outputKey(orderId, nameOf(item))));
  const names = new Set(all.map(({ item }) => nameOf(item)));

  for (const each of all) compareReturn(each.inputs, each.expected, outputs, add);
  for (const [key, { pk }] of outputs.returns)
    if (!known.has(key)) add('wrong', pk, `no webhook reported the return ${key}`);
  for (const [mark] of outputs.listings)
    if (!names.has(mark)) add('wrong', mark, 'a listing that no call made');

  const mayBeRefused = new Set(all.filter((each) => each.expected.refused).map((each) => each.orderId));
  compareDeliveries(accepted, mayBeRefused, outputs, add);
  const mustBeRefused = all
    .filter((each) => each.expected.states.includes('Listing'))
    .map((each) => each.orderId);
  compareDeadLetters(accepted, mayBeRefused, new Set(mustBeRefused), outputs, add);
  const count = (list: Iterable<readonly unknown[]>) =>
    [...list].reduce((sum, { length }) => sum + length, 0);
  return {
    returns: all.length,
    listings: count(outputs.listings.values()),
    cancels: [...outputs.listings.values()]
      .flat()
      .reduce((sum, { id }) => sum + outputs.ledger.cancelled(id), 0),
    differences,
  };
}

function compareReturn({ orderId, item }: ReturnInputs, wanted: Expected, outputs: Outputs, add: Add): void {
  const name = nameOf(item);
  const stored = outputs.returns.get(outputKey(orderId, name));
  if (!stored) {
    add('lost', orderId, `the return ${name} is not in the table`);
    return;
  }
  const { state = 'nothing', attention, refundDue = false, why } = stored;
  const wrong = (what: string): void => add('wrong', orderId, `${name} (${state}: ${why}) ${what}`);
  if (!wanted.states.includes(state)) wrong(`must be ${wanted.states.join(' or ')}`);
  if (stored.pendingCall) wrong('has a claim left');
  const isUnannounced = refundDue && wanted.unannounced?.test(attention ?? '');
  if (!isUnannounced) compareAttention(stored, wanted, wrong);
  compareListing(orderId, name, state, wanted, outputs, add);
}

function compareAttention(
  { attention, refundDue = false }: BridgeItem,
  wanted: Expected,
  wrong: (what: string) => void,
): void {
  if (refundDue !== (wanted.refundDue ?? false))
    wrong(`must ${wanted.refundDue ? '' : 'not '}have a refund due`);
  if (wanted.attention ? !wanted.attention.test(attention ?? '') : attention !== undefined) {
    wrong(`has the attention ${attention ?? 'none'} in place of ${wanted.attention ?? 'none'}`);
  }
}

function compareListing(
  orderId: string,
  name: string,
  state: string,
  wanted: Expected,
  { listings, ledger, returns }: Outputs,
  add: Add,
): void {
  const calls = ledger.listed(name);
  const [there = [], first] = [listings.get(name), calls[0]];
  const mustBeListed = wanted.listing !== undefined && state !== 'Closed' && !wanted.refused;
  if (calls.length !== there.length)
    add('wrong', orderId, `${name}: IGF has ${there.length} listings of ${calls.length} that it made`);
  if (calls.length > 1) add('doubled', orderId, `${name} was listed ${calls.length} times`);
  if (mustBeListed && !first) add('lost', orderId, `${name} was never listed`);
  if (!mustBeListed && first) add('wrong', orderId, `${name} was listed, as ${first.id}, and is ${state}`);
  if (!first) return;
  const { listingId } = returns.get(outputKey(orderId, name)) ?? {};
  if (mustBeListed && listingId !== first.id) {
    add('wrong', orderId, `${name} is listing ${first.id}, not ${listingId}`);
  }
  for (const [field, value] of Object.entries(wanted.listing ?? {})) {
    if (first.request[field] !== value) {
      add('wrong', orderId, `${name} was listed with ${field} ${first.request[field]} in place of ${value}`);
    }
  }
  const cancels = ledger.cancelled(first.id);
  const due = wanted.cancelledByUs && state === 'Cancelled' ? 1 : 0;
  if (cancels !== due)
    add(cancels > due ? 'doubled' : 'lost', orderId, `${name} was cancelled ${cancels} times, not ${due}`);
}

/** Every accepted delivery is done: none is forgotten, none waits for ever. */
function compareDeliveries(
  accepted: readonly AcceptedDelivery[],
  mayBeRefused: ReadonlySet<string>,
  { events }: Outputs,
  add: Add,
): void {
  for (const { orderId, eventId } of accepted) {
    if (!events.has(outputKey(orderId, eventId)))
      add('lost', orderId, `the delivery ${eventId} left no trace`);
  }
  for (const [key, { outcome, lastError }] of events) {
    const [orderId = ''] = key.split(' ');
    const ended = ['done', 'skipped', ...(mayBeRefused.has(orderId) ? ['parked'] : [])];
    if (!ended.includes(outcome ?? ''))
      add('lost', orderId, `the delivery ${key} is ${outcome}: ${lastError}`);
  }
}

/** A message is parked when IGF refuses its listing, and never otherwise. */
function compareDeadLetters(
  accepted: readonly AcceptedDelivery[],
  mayBeRefused: ReadonlySet<string>,
  mustBeRefused: ReadonlySet<string>,
  { deadLetters }: Outputs,
  add: Add,
): void {
  const orderOf = new Map(accepted.map(({ eventId, orderId }) => [eventId, orderId]));
  const parked = new Set<string>();
  for (const { eventId, webhook, reason } of deadLetters) {
    const orderId = orderOf.get(eventId) ?? webhook;
    parked.add(orderId);
    if (!mayBeRefused.has(orderId)) add('lost', orderId, `${eventId} (${webhook}) is in a DLQ: ${reason}`);
  }
  for (const orderId of mustBeRefused) {
    if (!parked.has(orderId)) add('lost', orderId, 'its refused listing left no message in the DLQ');
  }
}
