import { columns, duration, formatAmount, formatTime, indent, plural } from '../../cli/output.ts';
import { modeLine } from '../aws/open-bridge.ts';
import { bridgeCommand } from '../command.ts';
import { readStatus } from '../status/read-status.ts';
import { Status } from '../status/status.ts';

export const statusCommand = bridgeCommand<object, typeof Status, Status>({
  name: 'status',
  summary: 'say whether something is broken, and what to do about it',
  description: `Looks at ItGoesForward, its subscriptions, the retries, the queues and DLQs, the rejected
    webhooks, the returns that wait for a person, the reconciler and the alarms. First it prints what a
    person must do something about, each with the command for it. What mends itself within an hour is no
    problem, such as a message that was retried for some minutes.`,
  exit1: 'there are problems',
  examples: ['npx bridge status --stage prod', 'npx bridge status --json | jq .problems'],
  result: Status,
  async run({ bridge }) {
    const result = await readStatus(bridge);
    return { result, exitCode: result.ok ? 0 : 1 };
  },
  format: (status, { bridge }) => [
    modeLine(bridge),
    ...status.problems.flatMap(({ kind, since, text, command }) => [
      `PROBLEM  ${kind}${since === null ? '' : `, since ${formatTime(since)} (${ago(since, status)})`}`,
      ...indent([text, ...(command === null ? [] : [command])]),
    ]),
    status.ok ? 'Nothing is broken.' : `${plural(status.problems.length, 'problem')}.`,
    ...indent(columns(rowsOf(status))),
  ],
});

const ago = (time: string, { at }: Status): string =>
  `${duration((Date.parse(at) - Date.parse(time)) / 1000)} ago`;

/** One line for each part that could be read. */
function rowsOf(status: Status): string[][] {
  const { igf, retries, queues, parked, rejected, attention, reconciler, alarms, mode } = status;
  const row = (name: string, ...words: (string | false | null | undefined)[]): string[] => [
    name,
    words.filter(Boolean).join(', '),
  ];
  const amounts = attention?.flatMap(({ amount }) => amount ?? []) ?? [];
  const ringing = alarms?.filter(({ state }) => state === 'ALARM').length ?? 0;
  return [
    igf &&
      row(
        'ItGoesForward',
        { up: 'it answers', down: `it does not answer (${igf.reason})`, refuses: 'it refuses our key' }[
          igf.state
        ],
        igf.subscribed !== null && `it sends ${igf.subscribed} of 8 events`,
      ),
    mode === 'observe' && row('ItGoesForward', 'it is not called'),
    retries &&
      row(
        'retries',
        String(retries.count),
        retries.oldest !== null && `the first since ${ago(retries.oldest, status)}`,
        retries.nextAttemptAt !== null && `the next attempt at ${formatTime(retries.nextAttemptAt)}`,
        retries.reasons[0]?.reason,
      ),
    queues && row('queues', ...queues.map(({ name, waiting }) => `${name} ${waiting}`)),
    queues && row('DLQs', ...queues.map((queue) => `${queue.name} ${queue.parked}`)),
    parked && row('parked', String(parked.count)),
    rejected && row('rejected', String(rejected.count)),
    attention &&
      row(
        'attention',
        String(attention.reduce((sum, { count }) => sum + count, 0)),
        amounts.length > 0 && `${formatAmount(amounts.reduce((sum, amount) => sum + amount, 0))} to be paid`,
      ),
    row(
      'reconciler',
      reconciler ? `ran ${ago(reconciler.at, status)}` : 'has not run yet',
      reconciler &&
        `${reconciler.reviewed} polled, ${reconciler.repaired} repaired, ${reconciler.failed} failed`,
      reconciler?.stopped,
    ),
    alarms &&
      row('alarms', ringing > 0 ? `${ringing} of ${alarms.length} ring` : `none of ${alarms.length} rings`),
  ].flatMap((each) => (each ? [each] : []));
}
