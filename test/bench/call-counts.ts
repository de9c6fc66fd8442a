import { progress } from '../../infra/cli/output.ts';
import { type Calls, total } from '../support/counting-proxy.ts';
import { type IngestFunction, ingestFunctions, webhookSample } from '../support/samples.ts';
import { type Billed, billedOf } from './billed.ts';
import { type ColdPath, countColdPaths } from './cold-path.ts';
import { CountedLife, mixedLives, subscribe } from './cost/mix.ts';
import { type CountedBridge, type Counts, type ServiceCalls, startCountedBridge } from './counted-bridge.ts';

/** What one event costs. */
export interface CountedCase extends Counts {
  readonly name: string;
}

export interface CallCounts {
  /** Each webhook taken in, its secret cached. */
  readonly ingest: readonly CountedCase[];
  /** Init and the first webhook of each ingest function. */
  readonly coldPaths: readonly ColdPath[];
  readonly listing: CountedCase;
  readonly twoListings: CountedCase;
  readonly duplicate: CountedCase;
  /** What is billed for the ingest and the worker of each. */
  readonly billed: Readonly<Record<'listing' | 'duplicate' | 'forwarded' | 'notForwarded', Billed>>;
}

const steps = ingestFunctions.length + 4;

/** Runs the vendor's payloads through the bridge and counts what reaches AWS and IGF. */
export async function countCalls(): Promise<CallCounts> {
  progress('Counting calls', 0, steps);
  await using open = new AsyncDisposableStack();
  const coldPaths = await countColdPaths();
  return { coldPaths, ...(await runCases(await startCountedBridge(open, { forward: 'each-item' }))) };
}

async function runCases(bridge: CountedBridge): Promise<Omit<CallCounts, 'coldPaths'>> {
  const deliver = (webhook: string, payload: unknown) => bridge.deliver(functionOf(webhook).path, payload);
  let done = 0;
  const step = (): void => progress('Counting calls', ++done, steps);

  const ingest: CountedCase[] = [];
  for (const { webhook, path } of ingestFunctions) {
    // Orders of their own, so that nothing here is known when the cases below begin.
    const payload = renamed(webhookSample(webhook), webhook);
    await bridge.deliver(path, payload);
    const second = await bridge.deliver(path, payload);
    ingest.push({ name: `ingest ${webhook}`, ...second.ingest });
    step();
  }

  await deliver('stock-hub/v1/shipment', shipment('one', 1));
  const one = await deliver('stock-hub/v1/rma', rma('one', 1));
  expectListings(one.worker.calls, 1);
  step();
  const again = await deliver('stock-hub/v1/rma', rma('one', 1));
  step();
  await deliver('stock-hub/v1/shipment', shipment('two', 2));
  const two = await deliver('stock-hub/v1/rma', rma('two', 2));
  expectListings(two.worker.calls, 2);
  step();

  const [forwardedLife] = mixedLives;
  const damaged = mixedLives.find(({ what }) => what === 'damaged');
  await subscribe(bridge);
  await bridge.take();
  await new CountedLife(bridge, '000000549').live(forwardedLife?.happenings ?? []);
  const forwarded = await bridge.take();
  expectListings(forwarded.calls, 1);
  await new CountedLife(bridge, '000000550').live(damaged?.happenings ?? []);
  const notForwarded = await bridge.take();
  step();
  return {
    billed: {
      listing: billedOf(one.ingest, one.worker),
      duplicate: billedOf(again.ingest, again.worker),
      forwarded: billedOf(forwarded),
      notForwarded: billedOf(notForwarded),
    },
    ingest,
    listing: { name: 'worker: RMA with one item, to done', ...one.worker },
    twoListings: { name: 'worker: RMA with two items, to done', ...two.worker },
    duplicate: { name: 'worker: the same RMA again', ...again.worker },
  };
}

/** The counts mean nothing when another number of listings was made. */
function expectListings({ igf }: ServiceCalls, wanted: number): void {
  const posted = igf['POST /listings'] ?? 0;
  if (posted !== wanted) throw new Error(`${wanted} listings were to be made, ${posted} were.`);
}

/** The ingest function of a webhook of the catalogue. */
export function functionOf(webhook: string): IngestFunction {
  const found = ingestFunctions.find((candidate) => candidate.webhook === webhook);
  if (!found) throw new Error(`The catalogue has no webhook ${webhook}.`);
  return found;
}

/** The vendor's sample of a shipment with so many items, for `bench-<order>`. */
export const shipment = (order: string, items: number): unknown =>
  withItems('stock-hub/v1/shipment', order, items);
/** The same of an RMA. */
export const rma = (order: string, items: number): unknown => withItems('stock-hub/v1/rma', order, items);

/** The vendor's sample with as many items, each of another sku. */
function withItems(webhook: string, order: string, count: number): Record<string, unknown> {
  const payload = webhookSample(webhook);
  const [item] = payload.items as Record<string, unknown>[];
  const items = Array.from({ length: count }, (_, index) => ({
    ...item,
    ...(item && 'id' in item && { id: Number(item.id) + index }),
    sku: `${item?.sku}-${index}`,
  }));
  return renamed({ ...payload, items }, order);
}

/** The same payload about an order of its own, where it names one: IGF's events name IGF's own ids. */
function renamed(payload: Record<string, unknown>, order: string): Record<string, unknown> {
  if (!('order_increment_id' in payload) && !('rma_id' in payload) && !('rma' in payload)) return payload;
  if ('order_increment_id' in payload) return { ...payload, order_increment_id: `bench-${order}` };
  return { ...payload, order: { ...(payload.order as object), order_id: `bench-${order}` } };
}

/** The calls to all services of AWS. */
export const awsCalls = ({ sqs, secretsManager, dynamodb }: ServiceCalls): number =>
  total(sqs) + total(secretsManager) + total(dynamodb);

/** Such as `2 Query, 1 PutItem`, the most frequent first. */
export function inWords(...calls: readonly Calls[]): string {
  const entries = calls.flatMap((each) => Object.entries(each));
  return entries
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, count]) => `${count} ${name}`)
    .join(', ');
}
