import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { IgfError } from '../../../lib/igf/errors.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { type RetriedDelivery, readParked, readRetried } from '../../../lib/table/parked-deliveries.ts';
import { lostSubscriptions } from '../../../lib/webhooks/igf/subscriptions.ts';
import { awsFailure, isUnreachable } from '../aws/aws-error.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { countIn, deadLetterQueues } from '../dlq/dead-letter-queue.ts';
import { deployedIgf } from '../igf/deployed-igf.ts';
import { openQuarantine } from '../quarantine/quarantine.ts';
import { readAttention } from '../returns/waiting-returns.ts';
import { isBecauseOfIgf, problemsOf, type Read } from './problems.ts';
import { readAlarms } from './read-alarms.ts';
import type { Status } from './status.ts';

/** Looks at every part of a bridge at once. What can't be read becomes a problem. */
export async function readStatus(bridge: OpenBridge): Promise<Status> {
  const now = bridge.now();
  const at = isoTime(now);
  const unreadable: string[] = [];
  const part = async <T>(name: string, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read();
    } catch (error) {
      // Nothing runs on this machine: the command says so.
      if ('endpoint' in bridge.settingsOf('api') && isUnreachable(error)) throw error;
      const { message } = awsFailure(error) ?? Object(error);
      unreadable.push(`The bridge could not be asked about ${name}. ${message}`);
      return undefined;
    }
  };
  const { dynamodb, table } = bridge;
  const [retries, parked, queues, rejected, attention, run, alarms, igf] = await Promise.all([
    part('retries', () => readRetried(dynamodb, table, now)),
    part('parked deliveries', () => readParked(dynamodb, table, now)),
    part('its queues', () => readQueues(bridge)),
    part('rejected webhooks', async () => (await openQuarantine(bridge)).waiting),
    part('returns that wait for a person', () => readAttention(bridge, at)),
    part("the reconciler's last run", () => bridge.store.readLastRun()),
    part('its alarms', () => readAlarms(bridge)),
    bridge.mode === 'observe' ? undefined : part('ItGoesForward', () => readIgf(bridge)),
  ]);
  const read: Read = {
    at,
    stage: bridge.stage.name,
    mode: bridge.mode,
    igf: igf ? { ...igf, since: retries?.find(isBecauseOfIgf)?.since ?? null } : null,
    retries: retries ? summaryOf(retries) : null,
    queues: queues ?? null,
    parked: parked ? { count: parked.length, oldest: parked[0]?.parkedAt ?? null } : null,
    rejected: rejected
      ? {
          count: rejected.length,
          oldest: rejected.map(({ firstSeen }) => firstSeen).sort()[0] ?? null,
          deadline:
            rejected.find((one) => !one.acceptedInPart && one.senderGivesUpAt > at)?.senderGivesUpAt ?? null,
        }
      : null,
    attention: attention ? byKind(attention) : null,
    reconciler: run ? { ...run, stopped: run.stopped ?? null } : null,
    alarms: alarms ?? null,
  };
  const problems = problemsOf(read, {
    retries: retries ?? [],
    unreadable,
    reconcileMinutes: bridge.stage.settings.reconcileMinutes,
  });
  return { ok: problems.length === 0, ...read, problems };
}

function summaryOf(retries: readonly RetriedDelivery[]): NonNullable<Status['retries']> {
  const reasons = [...Map.groupBy(retries, ({ reason }) => reason)].map(([reason, { length }]) => ({
    reason,
    count: length,
  }));
  return {
    count: retries.length,
    oldest: retries[0]?.since ?? null,
    nextAttemptAt: retries.flatMap(({ nextAttemptAt }) => nextAttemptAt ?? []).sort()[0] ?? null,
    reasons: reasons.sort((one, other) => other.count - one.count),
  };
}

const readQueues = async (bridge: OpenBridge) =>
  Promise.all(
    (await deadLetterQueues(bridge)).map(async ({ name, source, count }) => ({
      name,
      waiting: await countIn(bridge.sqs, source.url),
      parked: count,
    })),
  );

function byKind(attention: Awaited<ReturnType<typeof readAttention>>): NonNullable<Status['attention']> {
  const entries = attention.flatMap(({ todo: { since }, tasks }) =>
    tasks.map((task) => ({ ...task, since })),
  );
  return [...Map.groupBy(entries, ({ task }) => task)].map(([kind, own]) => {
    const amounts = own.flatMap(({ amount }) => amount ?? []);
    const cents = amounts.reduce((sum, amount) => sum + Math.round(amount * 100), 0);
    return {
      kind,
      count: own.length,
      since: own[0]?.since ?? '',
      amount: amounts.length > 0 ? cents / 100 : null,
    };
  });
}

/** Asks IGF for the subscriptions, which shows whether it answers and accepts the key. */
async function readIgf(bridge: OpenBridge) {
  try {
    const igf = await deployedIgf(bridge);
    const lost = lostSubscriptions(await igf.webhooks.all(), new URL(igf.apiUrl).host);
    return { state: 'up' as const, reason: null, subscribed: eventTypes.length - lost.length };
  } catch (error) {
    if (!(error instanceof IgfError)) throw error;
    const state = error.name === 'IgfKeyError' ? ('refuses' as const) : ('down' as const);
    return { state, reason: error.message, subscribed: null };
  }
}
