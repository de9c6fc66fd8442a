import type { Outcome } from '../../../lib/actions/action.ts';
import type { Policy } from '../../../lib/config/policy.ts';
import type { OrderFact } from '../../../lib/facts/facts.ts';
import { recordFacts } from '../../../lib/record/record-facts.ts';
import type { Notice } from '../../../lib/returns/notice.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { advance, decidedAhead } from '../../../lib/worker/advance.ts';
import type { WorkerDependencies } from '../../../lib/worker/worker-handler.ts';
import { deployment, now, ofOrder, ofReturn, orderOf, policy } from '../../support/builders.ts';
import { FakeIgf } from '../../support/doubles/fake-igf.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';

export const leaseSeconds = 120;
const lines: unknown[] = [];

/** Captures the log: it stays out of the test's output, and the test can read it. */
export function logged(): readonly unknown[] {
  const { info, warn, error } = console;
  const keep = (line: unknown) => void lines.push(line);
  beforeEach(() => {
    lines.length = 0;
    Object.assign(console, { info: keep, warn: keep, error: keep });
  });
  afterEach(() => void Object.assign(console, { info, warn, error }));
  return lines;
}

/**
 * All dependencies of a worker in memory, with a clock that only a test moves. IGF has the listing that the returns
 * have reached.
 */
export function workplace(
  options: { facts?: OrderFact[]; reached?: Partial<ReturnItem>; policy?: Partial<Policy> } = {},
) {
  const snapshot = orderOf(...(options.facts ?? []));
  const table = inMemoryTable({
    ...snapshot,
    returns: snapshot.returns.map((item) => ({ ...item, ...options.reached })),
  });
  const igf = new FakeIgf();
  const { listingId } = options.reached ?? {};
  if (listingId !== undefined) igf.has({ id: listingId });
  const clock = { now: Date.parse(now), msLeft: 30_000 };
  let tokens = 0;
  /** The published notices. `before` and `after` let a test fail the publishing. */
  const people: { notices: Notice[]; before?: () => void | Promise<void>; after?: () => void } = {
    notices: [],
  };
  const unasked = (name: string) => () => {
    throw new Error(`The test supplied no ${name}.`);
  };
  const [sender] = senders;
  if (!sender) throw new Error('The catalogue is empty.');
  const dependencies: WorkerDependencies = {
    sender,
    table,
    igf,
    policy: policy(options.policy),
    claimLeaseMs: leaseSeconds * 1000,
    deployment,
    now: () => clock.now,
    random: () => 0,
    newToken: () => `token-${++tokens}`,
    notify: async (notice) => {
      await people.before?.();
      people.notices.push(notice);
      people.after?.();
    },
    queue: { delay: unasked('queue.delay'), park: unasked('queue.park') },
  };
  const iso = () => new Date(clock.now).toISOString();

  return {
    table,
    people,
    igf,
    clock,
    dependencies,
    iso,
    /** Seconds pass. */
    pass: (seconds: number) => {
      clock.now += seconds * 1000;
    },
    /** Processes a message of this event like a worker: records its facts, then advances the order. */
    async work(
      facts: readonly OrderFact[] = [],
      attempt: { eventId?: string; enqueuedAt?: string } = {},
    ): Promise<Outcome> {
      const message = { eventId: 'event-1', enqueuedAt: now, claims: new Set<string>(), ...attempt };
      const timeLeft = () => clock.msLeft;
      const withDecision = decidedAhead(message, dependencies, timeLeft);
      const { order: recorded } = await recordFacts(ofOrder.orderId, facts, table, withDecision);
      return advance(recorded, message, dependencies, timeLeft);
    },
    /** A return in the table. */
    item({ rmaId, itemId }: { rmaId: string; itemId: string } = ofReturn): ReturnItem {
      const found = table
        .order(ofOrder.orderId)
        .returns.find((item) => item.rmaId === rmaId && item.itemId === itemId);
      if (!found) throw new Error(`The table has no return ${rmaId}/${itemId}.`);
      return found;
    },
  };
}
