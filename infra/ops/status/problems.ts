import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import type { RetriedDelivery } from '../../../lib/table/parked-deliveries.ts';
import { duration, formatAmount, formatTime, plural } from '../../cli/output.ts';
import type { Problem, Status } from './status.ts';

/** What was read of a bridge, before anything is concluded. */
export type Read = Omit<Status, 'ok' | 'problems'>;

interface Facts {
  /** The oldest first. */
  readonly retries: readonly RetriedDelivery[];
  /** Sentences about what could not be read. */
  readonly unreadable: readonly string[];
  readonly reconcileMinutes: number;
}

/** What mends itself within this time is no problem. */
const hourMs = 3_600_000;

/** What a person must do something about, pure. What heals itself within an hour is left out. */
export function problemsOf(read: Read, { retries, unreadable, reconcileMinutes }: Facts): Problem[] {
  const { igf, rejected, attention, reconciler } = read;
  const now = Date.parse(read.at);
  const command = (...words: string[]): string => npxBridge(read.stage, ...words);
  const age = (time: string): number => now - Date.parse(time);
  const problems: Problem[] = [];
  const add = (
    kind: Problem['kind'],
    since: string | null | undefined,
    text: string,
    next: string | null,
  ): void => void problems.push({ kind, since: since ?? null, text, command: next });

  const isIgf = (each: RetriedDelivery): boolean => igf?.state !== 'up' && isBecauseOfIgf(each);
  const [byIgf, others] = [retries.filter(isIgf), retries.filter((each) => !isIgf(each))];
  const waiting = byIgf.length > 0 ? ` Waiting for it: ${plural(byIgf.length, 'message')}.` : '';
  if (igf?.state === 'refuses') {
    const text = `ItGoesForward does not accept our api-key (${igf.reason}).${waiting} Store the right key in its secret.`;
    add('igf', igf.since, text, command('igf', 'status'));
  }
  if (igf?.state === 'down' && igf.since && age(igf.since) >= hourMs) {
    add('igf', igf.since, `ItGoesForward does not answer (${igf.reason}).${waiting}`, command('retries'));
  }
  const lost = others.filter(({ nextAttemptAt }) => nextAttemptAt && age(nextAttemptAt) >= hourMs);
  const long = others.filter((each) => !lost.includes(each) && age(each.since) >= hourMs);
  if (lost[0]) {
    const text = `${plural(lost.length, 'message')} should have been attempted an hour ago. Their worker does not run, or SQS has moved them to the DLQ.`;
    add('retries', lost[0].since, text, command('parked'));
  }
  if (long[0]) {
    const text = `${plural(long.length, 'message')} failed for more than an hour. The first: ${long[0].reason}.`;
    add('retries', long[0].since, text, command('retries'));
  }
  const inDlqs = (read.queues ?? []).reduce((sum, { parked }) => sum + parked, 0);
  const parked = Math.max(inDlqs, read.parked?.count ?? 0);
  if (parked > 0) {
    add('parked', read.parked?.oldest, `Parked in a DLQ: ${plural(parked, 'message')}.`, command('parked'));
  }
  if (rejected && rejected.count > 0) {
    const left = rejected.deadline
      ? `The first sender stops retrying in ${duration(-age(rejected.deadline) / 1000)}.`
      : 'No sender retries one any more.';
    add(
      'rejected',
      rejected.oldest,
      `Rejected: ${plural(rejected.count, 'webhook')}. ${left}`,
      command('rejected'),
    );
  }
  if (attention && attention.length > 0) {
    const kinds = attention.map(
      ({ kind, count, amount }) => `${count} × ${kind}${amount === null ? '' : ` (${formatAmount(amount)})`}`,
    );
    const since = attention.map((each) => each.since).sort()[0];
    add('attention', since, `A person must do something: ${kinds.join(', ')}.`, command('attention'));
  }
  if (igf && igf.subscribed !== null && igf.subscribed < eventTypes.length) {
    const text = `ItGoesForward sends ${igf.subscribed} of its ${eventTypes.length} events to this bridge.`;
    add('subscriptions', null, text, command('igf', 'status'));
  }
  if (reconciler && age(reconciler.at) >= hourMs + 2 * reconcileMinutes * 60_000) {
    const text = `The reconciler has not run since ${formatTime(reconciler.at)}. It runs every ${reconcileMinutes} min.`;
    add('reconciler', reconciler.at, text, null);
  }
  for (const { name, state, since, text } of read.alarms ?? []) {
    if (state === 'ALARM') add('alarm', since, `${name}: ${firstSentence(text)}`, commandIn(text));
  }
  for (const text of unreadable) add('unreadable', null, text, null);
  return problems;
}

/** Whether a message is retried because IGF can't be reached, or does not accept the key. */
export const isBecauseOfIgf = ({ errorClass }: Pick<RetriedDelivery, 'errorClass'>): boolean =>
  errorClass === 'IgfUnavailableError' || errorClass === 'IgfKeyError';

const firstSentence = (text: string): string => /^.*?[.](?= |$)/.exec(text)?.[0] ?? text;

/** The first command that the text of an alarm says to type. What it has in angle brackets may have a comma. */
const commandIn = (text: string): string | null =>
  /[Tt]ype: ((?:<[^>]*>|[^<])*?)(?:[.,] |\.$|$)/.exec(text)?.[1] ?? null;
