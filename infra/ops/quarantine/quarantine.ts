import type { Accepted } from '../../../lib/ingest/body.ts';
import { wasAccepted } from '../../../lib/quarantine/accepted.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { type RejectedItems, rejectedIndex, rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { revalidate } from '../../../lib/quarantine/revalidate.ts';
import { deliveries } from '../../../lib/table/deliveries.ts';
import { igfPointers } from '../../../lib/table/igf-pointers.ts';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import type { Fault } from '../../../lib/webhooks/json-limits.ts';
import type { CatalogueEntry } from '../../../lib/webhooks/webhook.ts';
import { duration } from '../../cli/duration.ts';
import { printable } from '../../cli/printable.ts';
import { idThatBeginsWith } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { CommandError } from '../command.ts';

/** What the commands ask of AWS, also the permissions that they need. */
export const readingNeeds = 'dynamodb:GetItem and Query (table and index work)';

/** The quarantine of an open bridge. */
export interface OpenQuarantine {
  items: RejectedItems;
  /** What waits, by when its sender gives up; from an index, which follows the table within moments. */
  waiting: RejectedDelivery[];
  /** Whether a delivery was accepted as well. */
  wasAccepted(delivery: RejectedDelivery): Promise<boolean>;
}

export async function openQuarantine({ dynamodb, table }: OpenBridge): Promise<OpenQuarantine> {
  const now = (): number => Date.now();
  const items = rejectedItems(dynamodb, table, now);
  const waiting: RejectedDelivery[] = [];
  const index = rejectedIndex(dynamodb, { tableName: table, indexName: 'tasks', now });
  for await (const delivery of index.waiting()) waiting.push(delivery);
  const lookUp = { ...deliveries(dynamodb, table), ...igfPointers(dynamodb, table) };
  return {
    items,
    waiting,
    wasAccepted: (delivery) => wasAccepted(delivery, lookUp, new Date().toISOString()),
  };
}

/**
 * The delivery that an id means, as it is in the table now; the beginning of an id is enough for what waits.
 * @throws CommandError when it means none, or several
 */
export async function find(id: string, { items, waiting }: OpenQuarantine): Promise<RejectedDelivery> {
  const ids = waiting.map((delivery) => delivery.id);
  const typed = id.toLowerCase();
  if (typed === '') throw new CommandError('An id is empty: npm run ops -- rejected lists what waits.');
  const waits = ids.some((known) => known.startsWith(typed));
  const meant = waits ? idThatBeginsWith(typed, ids, { place: 'the quarantine', listedBy: 'rejected' }) : id;
  const found = await items.read(meant);
  if (found) return found;
  throw new CommandError(
    `There is no rejected delivery ${printable(id)}: npm run ops -- rejected lists the open ones. A resolved one needs its full id, and is kept for 30 days.`,
  );
}

/** A delivery as today's schema reads it, or what is still wrong with it: to this checkout its webhook may be unknown. */
export async function readToday(
  delivery: RejectedDelivery,
): Promise<{ accepted: Accepted; webhook: CatalogueEntry; sender: Sender } | { errors: readonly Fault[] }> {
  for (const sender of senders) {
    const webhook = sender.webhooks.find(({ name }) => name === delivery.webhook);
    if (!webhook) continue;
    const result = await revalidate(webhook, delivery);
    return 'errors' in result ? result : { ...result, webhook, sender };
  }
  return { errors: [{ path: '', message: 'this version of the bridge has no such webhook' }] };
}

/** Faults as one line, the first few. */
export function faultLine(errors: readonly Fault[], most = 3): string {
  const shown = errors.slice(0, most).map(({ path, message }) => printable(`${path} ${message}`.trim()));
  const more = errors.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** How long the sender still delivers by itself. */
export function timeLeft({ senderGivesUpAt }: RejectedDelivery, now: number): string {
  const seconds = (Date.parse(senderGivesUpAt) - now) / 1000;
  return seconds > 0 ? `${duration(seconds)} left` : `given up ${duration(-seconds)} ago`;
}
