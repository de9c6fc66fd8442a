import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { AdvanceDependencies } from '../../../lib/actions/action.ts';
import { igfTimeoutSeconds } from '../../../lib/config/timing.ts';
import { readPathCorrections } from '../../../lib/igf/endpoint.ts';
import { returnIn } from '../../../lib/returns/order.ts';
import { type ReturnItem, returnId } from '../../../lib/returns/return-item.ts';
import type { LogLine } from '../../../lib/runtime/log.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { cachedFirstDelivery, cachedRules } from '../../../lib/table/bridge-state.ts';
import type { BridgeTable } from '../../../lib/table/bridge-table.ts';
import { type Delivery, processDelivery } from '../../../lib/worker/process.ts';
import type { OpenBridge, TableClient } from '../aws/open-bridge.ts';
import { openOverlays } from './overlay-table.ts';
import { type RecordedCall, recordingIgf } from './recording-igf.ts';

/** What a preview reads. */
export type PreviewedBridge = TableClient & Pick<OpenBridge, 'stage' | 'mode' | 'now'>;

/** What the worker would do with one return. */
export interface PreviewedReturn {
  /** The return in the table; undefined for a return that the message creates. */
  readonly before: ReturnItem | undefined;
  /** The return after the worker, if IGF did not answer. */
  readonly after: ReturnItem;
  readonly calls: readonly RecordedCall[];
  /** The time of the preview, milliseconds since the epoch. */
  readonly now: number;
}

/** What the worker would do with one message. */
interface Preview {
  /** Undefined for an IGF event of an unknown return. */
  readonly orderId: string | undefined;
  readonly returns: readonly PreviewedReturn[];
  /** Calls before the return was known. */
  readonly search: readonly RecordedCall[];
  /** Why the worker could not store the message, or failed. */
  readonly failure: string | undefined;
}

/**
 * Runs the worker for one message, without changing anything.
 * @param prepare writes to the overlay before the worker runs
 */
export type PreviewMessage = (
  delivery: Delivery,
  prepare?: (overlay: TableClient) => Promise<unknown>,
) => Promise<Preview>;

/**
 * A preview is a dry run of the real worker. The worker writes to an overlay of the table, its calls to IGF are recorded
 * and not sent, and its notices go nowhere.
 */
export async function withPreviews<T>(
  bridge: PreviewedBridge,
  work: (preview: PreviewMessage) => Promise<T>,
): Promise<T> {
  await using overlays = await openOverlays(bridge);
  return await work(async (delivery, prepare) => {
    const overlay = await overlays.create();
    await prepare?.(overlay);
    return previewMessage(delivery, bridge, overlay.store);
  });
}

/** Later than any time in the table, because a message that is sent now is newer than the refusal that parked it. */
const sentNow = '9999-12-31T23:59:59.999Z';

async function previewMessage(
  delivery: Delivery,
  bridge: PreviewedBridge,
  overlay: BridgeTable,
): Promise<Preview> {
  const calls = new CallsByReturn();
  const now = bridge.now();
  const corrections = readPathCorrections(JSON.stringify(bridge.stage.settings.igfPaths));
  /** The worker's own, without an effect outside the overlay. */
  const dependencies: AdvanceDependencies = {
    table: overlay,
    igf: recordingIgf(corrections, (call) => calls.record(call)),
    policy: { ...bridge.stage.policy, mode: bridge.mode },
    retailer: cachedRules(overlay, () => now),
    firstDelivery: cachedFirstDelivery(overlay, () => isoTime(now)),
    claimLeaseMs: igfTimeoutSeconds * 1000,
    now: () => now,
    newToken: () => randomUUID(),
    notify: async () => undefined,
    deployment: { stage: bridge.stage.name, region: '', table: bridge.table },
  };
  const { outcome, orderId } = await captureLog(
    (line) => calls.follow(line),
    () => processDelivery(delivery, sentNow, dependencies, () => Number.POSITIVE_INFINITY),
  );

  const returns: PreviewedReturn[] = [];
  for (const id of new Set([...(orderId === undefined ? [] : [orderId]), ...calls.decided.keys()])) {
    const known = await bridge.store.readOrder(id);
    for (const after of (await overlay.readOrder(id)).returns) {
      const own = calls.decided.get(id)?.get(returnId(after));
      // From other orders, only the returns that the message concerns are shown.
      if (id !== orderId && !own) continue;
      returns.push({ before: returnIn(known, after), after, calls: own ?? [], now });
    }
  }
  const search = calls.beforeDecisions;
  const isCalled = search.length > 0 || returns.some((previewed) => previewed.calls.length > 0);
  const failure = 'reason' in outcome && outcome.kind !== 'busy' && !isCalled ? outcome.reason : undefined;
  return { orderId, returns, search, failure };
}

/** The recorded calls of each return. The worker logs a decision before it acts, so a call belongs to the last one. */
class CallsByReturn {
  readonly beforeDecisions: RecordedCall[] = [];
  /** By order, then by return. */
  readonly decided = new Map<string, Map<string, RecordedCall[]>>();
  #current = this.beforeDecisions;

  follow({ step, orderId, returnId }: LogLine): void {
    if (step !== 'decided' || orderId === undefined || returnId === undefined) return;
    const ofOrder = this.decided.get(orderId) ?? new Map<string, RecordedCall[]>();
    this.#current = ofOrder.get(returnId) ?? [];
    this.decided.set(orderId, ofOrder.set(returnId, this.#current));
  }

  /** The worker may advance a return twice for one message. Then it repeats the unanswered call. */
  record(call: RecordedCall): void {
    if (!this.#current.some((other) => isDeepStrictEqual(other, call))) this.#current.push(call);
  }
}

/** Runs code of the worker, and gives each of its log lines to `onLine` instead of printing it. */
async function captureLog<T>(onLine: (line: LogLine) => void, run: () => Promise<T>): Promise<T> {
  const { info, warn, error } = console;
  Object.assign(console, { info: onLine, warn: onLine, error: onLine });
  try {
    return await run();
  } finally {
    Object.assign(console, { info, warn, error });
  }
}
