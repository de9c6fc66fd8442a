import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { igfTimeoutSeconds } from '../../../lib/config/timing.ts';
import { readPathCorrections } from '../../../lib/igf/path-corrections.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import { type BridgeTable, bridgeTable } from '../../../lib/table/bridge-table.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import type { WorkerDependencies } from '../../../lib/worker/dependencies.ts';
import { type Delivery, processDelivery } from '../../../lib/worker/process.ts';
import { cachedRules } from '../../../lib/worker/retailer-rules.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { captureLog } from './capture-log.ts';
import { type OverlayTable, openOverlays } from './overlay-table.ts';
import { type RecordedCall, recordingIgf } from './recording-igf.ts';

/** What the worker would do with one return. */
export interface PreviewedReturn {
  /** As the table has it; undefined for a return that the message creates. */
  readonly before: ReturnItem | undefined;
  /** As the worker would leave it, if IGF did not answer. */
  readonly after: ReturnItem;
  readonly calls: readonly RecordedCall[];
}

/** What the worker would do with one message. */
export interface Preview {
  /** Undefined for an IGF event of an unknown return. */
  readonly orderId: string | undefined;
  readonly returns: readonly PreviewedReturn[];
  /** Calls before the return was known. */
  readonly search: readonly RecordedCall[];
  /** Why the worker could not store the message, or failed. */
  readonly failure: string | undefined;
}

export interface PreviewOptions {
  /** Milliseconds since the epoch, on the worker's clock. */
  readonly now: number;
  /** Writes to the overlay before the worker runs. */
  readonly prepare?: (overlay: OverlayTable) => Promise<unknown>;
}

/** Runs the worker for one message, without changing anything. */
export type PreviewMessage = (delivery: Delivery, options: PreviewOptions) => Promise<Preview>;

/**
 * A preview is a dry run of the real worker. The worker writes to an overlay of the table, its calls to IGF are recorded
 * and not sent, and its notices go nowhere.
 */
export async function withPreviews<T>(
  bridge: OpenBridge,
  work: (preview: PreviewMessage) => Promise<T>,
): Promise<T> {
  await using overlays = await openOverlays(bridge);
  return await work(async (delivery, { now, prepare }) => {
    const overlay = await overlays.create();
    await prepare?.(overlay);
    return previewMessage(delivery, now, bridge, bridgeTable(overlay.dynamodb, overlay.table));
  });
}

/** Later than any time in the table: a message that is sent now is newer than the refusal that parked it. */
const sentNow = '9999-12-31T23:59:59.999Z';

async function previewMessage(
  delivery: Delivery,
  now: number,
  { stage, dynamodb, table: tableName }: OpenBridge,
  table: BridgeTable,
): Promise<Preview> {
  // The worker logs each decision before it acts on it, so a call belongs to the return of the last decision.
  const search: RecordedCall[] = [];
  const decided = new Map<string, RecordedCall[]>();
  let calls = search;
  const corrections = readPathCorrections(JSON.stringify(stage.settings.igfPaths));
  const dependencies: WorkerDependencies = {
    table,
    igf: recordingIgf(corrections, (call) => {
      // The worker may advance a return twice for one message, and then repeats the unanswered call.
      if (!calls.some((other) => isDeepStrictEqual(other, call))) calls.push(call);
    }),
    policy: stage.policy,
    retailer: cachedRules(table, () => now),
    claimLeaseMs: igfTimeoutSeconds * 1000,
    now: () => now,
    newToken: () => randomUUID(),
    notify: async () => undefined,
    ...unused,
  };
  const { outcome, orderId } = await captureLog(
    ({ step, orderId, returnId }) => {
      if (step !== 'decided') return;
      const key = `${orderId} ${returnId}`;
      calls = decided.get(key) ?? [];
      decided.set(key, calls);
    },
    () => processDelivery(delivery, sentNow, dependencies, () => Number.POSITIVE_INFINITY),
  );

  const orderIds = new Set([
    ...(orderId === undefined ? [] : [orderId]),
    ...[...decided.keys()].map((key) => key.slice(0, key.lastIndexOf(' '))),
  ]);
  const real = bridgeTable(dynamodb, tableName);
  const returns: PreviewedReturn[] = [];
  for (const id of orderIds) {
    const before = await real.readOrder(id);
    for (const after of (await table.readOrder(id)).returns) {
      const own = decided.get(`${id} ${returnId(after)}`);
      // Of another order, only the returns that the message concerns are shown.
      if (id !== orderId && !own) continue;
      const known = before.returns.find((item) => returnId(item) === returnId(after));
      returns.push({ before: known, after, calls: own ?? [] });
    }
  }
  const called = search.length > 0 || returns.some((previewed) => previewed.calls.length > 0);
  return { orderId, returns, search, failure: called ? undefined : failureOf(outcome) };
}

type Outcome = Awaited<ReturnType<typeof processDelivery>>['outcome'];

const failureOf = (outcome: Outcome): string | undefined =>
  'reason' in outcome && outcome.kind !== 'busy' ? outcome.reason : undefined;

/** `processDelivery` needs these types, but does not use them. */
const [sender] = senders;
const unused = {
  sender,
  random: () => 0,
  queue: { delay: async () => undefined, park: async () => undefined },
} as Pick<WorkerDependencies, 'sender' | 'random' | 'queue'>;
