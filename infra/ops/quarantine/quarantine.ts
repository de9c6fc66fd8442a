import { revalidate } from '../../../lib/ingest/read-body.ts';
import { wasAccepted } from '../../../lib/quarantine/expiry-watch.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { rejectedIndex, rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { deliveries } from '../../../lib/table/deliveries.ts';
import { tableItems } from '../../../lib/table/dynamodb.ts';
import { igfPointers } from '../../../lib/table/igf-pointers.ts';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import type { Fault } from '../../../lib/webhooks/json-limits.ts';
import type { Webhook } from '../../../lib/webhooks/webhook.ts';
import { CommandError } from '../../cli/command-line.ts';
import { duration } from '../../cli/output.ts';
import { idThatBeginsWith } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** The quarantine of an open bridge. */
export type OpenQuarantine = Awaited<ReturnType<typeof openQuarantine>>;

export async function openQuarantine({ dynamodb, table, stage, now }: OpenBridge) {
  const index = rejectedIndex(dynamodb, { tableName: table, indexName: 'tasks', now });
  const tableParts = tableItems(dynamodb, table);
  const lookUp = { ...deliveries(tableParts), ...igfPointers(tableParts) };
  return {
    /** The command that lists them. */
    listedBy: npxBridge(stage.name, 'rejected'),
    items: rejectedItems(dynamodb, table, now),
    /**
     * The unresolved deliveries, the most urgent first: ordered by when their sender stops retrying. They come from an
     * index, which may be some moments behind the table.
     */
    waiting: await Array.fromAsync(index.waiting()),
    /** Whether the same delivery was accepted too. */
    wasAccepted: (delivery: RejectedDelivery): Promise<boolean> =>
      wasAccepted(delivery, lookUp, isoTime(now())),
  };
}

/**
 * The delivery with this id, from the table. The first characters are enough for an unresolved one.
 * @throws CommandError when there is none, or several
 */
export async function findRejected(
  id: string,
  { items, waiting, listedBy }: OpenQuarantine,
): Promise<RejectedDelivery> {
  const ids = waiting.map((delivery) => delivery.id);
  const typed = id.toLowerCase();
  if (typed === '') throw new CommandError(`The id is empty: ${listedBy} lists the ids.`);
  const waits = ids.some((known) => known.startsWith(typed));
  const wanted = waits ? idThatBeginsWith(typed, ids, { place: 'the quarantine', listedBy }) : id;
  const found = await items.read(wanted);
  if (found) return found;
  throw new CommandError(
    `There is no rejected delivery ${id}: ${listedBy} lists the unresolved ones. ` +
      'A resolved delivery is found only by its full id, for 30 days.',
  );
}

/** The delivery read by today's schema, or its faults. This checkout may no longer know its webhook. */
export function readToday(
  delivery: Pick<RejectedDelivery, 'webhook' | 'body' | 'version' | 'acceptedInPart'>,
): { payload: unknown; webhook: Webhook; sender: Sender } | { errors: readonly Fault[] } {
  const known = senders.flatMap((sender) => sender.webhooks.map((webhook) => ({ sender, webhook })));
  const entry = known.find(({ webhook }) => webhook.name === delivery.webhook);
  if (!entry) return { errors: [{ path: '', message: 'this version of the bridge has no such webhook' }] };
  const result = revalidate(entry.webhook, delivery);
  return 'errors' in result ? result : { ...result, ...entry };
}

/** The first faults as one line. */
export function faultLine(errors: readonly Fault[], most = 3): string {
  const shown = errors.slice(0, most).map(({ path, message }) => `${path} ${message}`.trim());
  const more = errors.length - shown.length;
  return `${shown.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** How long the sender still retries by itself. */
export function timeLeft({ senderGivesUpAt, acceptedInPart }: RejectedDelivery, now: number): string {
  if (acceptedInPart) return 'accepted in part: its sender does not retry it';
  const seconds = (Date.parse(senderGivesUpAt) - now) / 1000;
  return seconds > 0
    ? `${duration(seconds)} of retries left`
    : `its sender stopped retrying ${duration(-seconds)} ago`;
}
