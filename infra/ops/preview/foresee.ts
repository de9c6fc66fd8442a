import type { IgfFact, OrderFact } from '../../../lib/facts.ts';
import { type PathCorrections, readPathCorrections } from '../../../lib/igf/path-corrections.ts';
import type { Policy } from '../../../lib/policy.ts';
import type { Decision } from '../../../lib/returns/decision.ts';
import { mergeParcels, parcelOf } from '../../../lib/returns/parcels.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import type { ReturnName, Story } from '../../../lib/returns/story.ts';
import { type BridgeTable, bridgeTable } from '../../../lib/table/bridge-table.ts';
import { readLabel } from '../../../lib/table/parcel-links.ts';
import { workerOperations as igf } from '../../../lib/worker/igf.ts';
import { withIgfFacts } from '../../../lib/worker/link.ts';
import { objectsOf } from '../../../lib/worker/locate-return.ts';
import { parcelsFor } from '../../../lib/worker/parcels.ts';
import type { Delivery } from '../../../lib/worker/process.ts';
import { withFacts } from '../../../lib/worker/record.ts';
import { decideWithMappings } from '../../../lib/worker/unknown-text.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { callOf, type NextCall, nextCalls } from './next-calls.ts';

/** What a preview reads. Nothing is written, nobody is called. */
export interface Foresight
  extends Pick<BridgeTable, 'readStory' | 'findReturn' | 'readVocabulary' | 'readRetailer'> {
  /** The return whose label a track number is. */
  readLabel(track: string, now: string): Promise<ReturnName | undefined>;
  readonly policy: Policy;
  readonly corrections: PathCorrections;
}

/** What would follow for one return. */
export interface ForeseenReturn {
  /** As the table has it now; absent when the message tells of it for the first time. */
  readonly before: ReturnItem | undefined;
  /** As it would be decided about. */
  readonly item: ReturnItem;
  readonly decision: Decision;
  readonly calls: readonly NextCall[];
}

/** What would follow if a message was worked on now. */
export interface Foreseen {
  readonly returns: readonly ForeseenReturn[];
  /** An event of IGF's whose return is not known: what IGF is asked to find it, if it can be asked anything. */
  readonly search?: readonly NextCall[];
  /** A shipment is matched with listings (policy `matchShipments`), which no preview does. */
  readonly matching: boolean;
}

/** The bridge of a command, to look ahead in. */
export const foresightOf = ({ dynamodb, table, stage }: OpenBridge): Foresight => ({
  ...bridgeTable(dynamodb, table),
  readLabel: (track, now) => readLabel(dynamodb, table, track, now),
  policy: stage.policy,
  corrections: readPathCorrections(JSON.stringify(stage.settings.igfPaths)),
});

/** Later than everything that the table knows: what is sent now is newer than the refusal that parked it. */
const justSent = '9999-12-31T23:59:59.999Z';

/**
 * What would follow if this message was put on its queue and worked on now: the stories as they would be with what it
 * tells, and the decision of the worker's own `decide` about each of their returns.
 * @param now ISO 8601 UTC, as the worker's clock has it
 */
export async function foresee(
  { envelope, facts, orderId: told }: Delivery,
  foresight: Foresight,
  now: string,
): Promise<Foreseen> {
  const aboutOrder = facts.filter((fact): fact is OrderFact => fact.kind !== 'igf');
  const aboutIgf = facts.filter((fact): fact is IgfFact => fact.kind === 'igf');
  const orderId = told ?? aboutOrder[0]?.orderId;
  const { stories, search } =
    orderId === undefined
      ? await storiesOfIgf(aboutIgf, foresight)
      : { stories: await storiesOfOrder(orderId, aboutOrder, foresight, now), search: [] };

  const retailer = await foresight.readRetailer();
  const { policy, corrections } = foresight;
  const attempt = { eventId: envelope.id, enqueuedAt: justSent };
  const returns: ForeseenReturn[] = [];
  for (const { before, after } of stories) {
    for (const item of after.returns) {
      const decision = await decideWithMappings(after, item, { policy, retailer, now, attempt }, foresight);
      const calls = nextCalls(item, decision, corrections);
      returns.push({ before: before.returns.find((other) => isSame(item, other)), item, decision, calls });
    }
  }
  const concernsMatch =
    aboutOrder.some(({ kind }) => kind === 'shipment') || returns.some(({ item }) => item.state === 'Listed');
  return {
    returns,
    ...(search.length > 0 || (orderId === undefined && stories.length === 0) ? { search } : {}),
    matching: policy.matchShipments !== 'off' && concernsMatch,
  };
}

interface ToldStory {
  before: Story;
  after: Story;
}

const isSame = (one: ReturnName, other: ReturnName): boolean =>
  one.orderId === other.orderId && one.rmaId === other.rmaId && one.itemId === other.itemId;

const withReturn = (story: Story, ref: ReturnName, change: (item: ReturnItem) => ReturnItem): Story => ({
  ...story,
  returns: story.returns.map((item) => (isSame(item, ref) ? change(item) : item)),
});

/** The order's own story, and those of other orders' returns that its shipments concern. */
async function storiesOfOrder(
  orderId: string,
  facts: readonly OrderFact[],
  { readStory, readLabel: labelled }: Foresight,
  now: string,
): Promise<ToldStory[]> {
  const before = await readStory(orderId);
  const stories: ToldStory[] = [{ before, after: withFacts(before, facts) }];
  const [{ after }] = stories as [ToldStory];
  const named = new Set(facts.flatMap((fact) => (fact.kind === 'shipment' ? [fact.shipmentId] : [])));
  const news = after.shipments.filter(({ shipmentId }) => named.has(shipmentId));

  const tell = async (ref: ReturnName, parcelsOf: (item: ReturnItem) => ReturnType<typeof parcelsFor>) => {
    const known = stories.find((told) => told.after.orderId === ref.orderId);
    const story = known?.after ?? (await readStory(ref.orderId));
    const item = story.returns.find((other) => isSame(other, ref));
    if (!item || parcelsOf(item).length === 0) return;
    const change = (found: ReturnItem) => ({
      ...found,
      parcels: mergeParcels(found.parcels, parcelsOf(found)),
    });
    if (known) known.after = withReturn(story, ref, change);
    else stories.push({ before: story, after: withReturn(story, ref, change) });
  };
  for (const ref of news.length > 0 ? after.forwarded : []) await tell(ref, (item) => parcelsFor(item, news));
  for (const shipment of news) {
    const parcel = parcelOf(shipment);
    const ref = parcel?.delivered ? await labelled(parcel.track, now) : undefined;
    if (parcel && ref) await tell(ref, () => [parcel]);
  }
  return stories;
}

/** The stories of the returns that events of IGF's belong to, as far as the table knows them. */
async function storiesOfIgf(
  facts: readonly IgfFact[],
  foresight: Foresight,
): Promise<{ stories: ToldStory[]; search: NextCall[] }> {
  const stories: ToldStory[] = [];
  const search: NextCall[] = [];
  for (const fact of facts) {
    const ref = await returnOf(fact, foresight);
    if (!ref) {
      search.push(...searchFor(fact, foresight));
      continue;
    }
    let told = stories.find(({ after }) => after.orderId === ref.orderId);
    if (!told) {
      const before = await foresight.readStory(ref.orderId);
      told = { before, after: before };
      stories.push(told);
    }
    told.after = withReturn(told.after, ref, (item) => withIgfFacts(item, [fact]));
  }
  return { stories, search };
}

async function returnOf(fact: IgfFact, { findReturn }: Foresight): Promise<ReturnName | undefined> {
  for (const object of objectsOf(fact)) {
    const ref = await findReturn(object);
    if (ref) return ref;
  }
  return undefined;
}

/** What IGF is asked first when no pointer leads to the return. */
function searchFor(
  { listingId, igfOrderId, igfShipmentId }: IgfFact,
  { corrections }: Foresight,
): NextCall[] {
  if (listingId !== undefined) return [];
  if (igfOrderId !== undefined) return [callOf(igf.orders.get, [igfOrderId], corrections)];
  if (igfShipmentId !== undefined) return [callOf(igf.shipments.get, [igfShipmentId], corrections)];
  return [];
}
