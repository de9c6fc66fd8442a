import { revalidate } from '../../../lib/ingest/read-body.ts';
import { wasAccepted } from '../../../lib/quarantine/expiry-watch.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { rejectedIndex, rejectedItems } from '../../../lib/quarantine/rejected-items.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import type { Fault } from '../../../lib/webhooks/json-limits.ts';
import type { Webhook } from '../../../lib/webhooks/webhook.ts';
import { CommandError } from '../../cli/command-line.ts';
import { duration } from '../../cli/output.ts';
import { idThatBeginsWith } from '../../cli/short-ids.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';

/** The quarantine of an open bridge. */
export type OpenQuarantine = Awaited<ReturnType<typeof openQuarantine>>;

export async function openQuarantine({ dynamodb, table, items, store, command, now }: OpenBridge) {
  const index = rejectedIndex(dynamodb, { tableName: table, indexName: 'tasks', now });
  return {
    /** The command that lists them. */
    listedBy: command('rejected'),
    items: rejectedItems(items, now),
    /**
     * The unresolved deliveries, the most urgent first: ordered by when their sender stops retrying. They come from an
     * index, which may be some moments behind the table.
     */
    waiting: await Array.fromAsync(index.waiting()),
    /** Whether the same delivery was accepted too. */
    wasAccepted: (delivery: RejectedDelivery): Promise<boolean> =>
      wasAccepted(delivery, store, isoTime(now())),
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

/**
 * What a replay of the delivery would do.
 * @param accepted whether the same delivery was accepted too
 */
export function judgeToday(delivery: RejectedDelivery, accepted = false) {
  const verdict = (
    verdict: 'accepted' | 'passes' | 'fails',
    errors: string[],
    version: string | null = null,
  ) => ({
    verdict,
    /** Its faults. */
    errors,
    /** The version without which it fails: it came without one. */
    version,
  });
  if (accepted) return verdict('accepted', []);
  const today = readToday(delivery);
  if ('payload' in today) return verdict('passes', []);
  const version = delivery.webhook.startsWith('push-api/') ? '2.1.0' : '1.0';
  const isOnlyVersion = delivery.version.trim() === '' && 'payload' in readToday({ ...delivery, version });
  return isOnlyVersion ? verdict('passes', [], version) : verdict('fails', faultsOf(today.errors, delivery));
}

/** Each fault as one line. Of a body that is no JSON it says where, without a value of the body. */
export function faultsOf(errors: readonly Fault[], { body }: Pick<RejectedDelivery, 'body'>): string[] {
  return errors.map(({ path, message }) =>
    /not valid JSON/.test(message) ? whyNoJson(body) : `${path} ${message}`.trim(),
  );
}

function whyNoJson(body: Uint8Array): string {
  const text = Buffer.from(body).toString('utf8');
  try {
    JSON.parse(text);
    const [, key = 'one that would change a prototype'] = /"(__proto__|constructor)"\s*:/.exec(text) ?? [];
    return `has a forbidden key: ${key}`;
  } catch (error) {
    const [, position] = /at position (\d+)/.exec(String(error)) ?? [];
    const before = text.slice(0, position === undefined ? text.length : Number(position)).split('\n');
    return `is not valid JSON at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
  }
}

/** The first faults as one line. */
export function firstFaults(faults: readonly string[], most = 3): string {
  const more = faults.length - most;
  return `${faults.slice(0, most).join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

/** How long the sender still retries by itself. */
export function timeLeft(
  { senderGivesUpAt, acceptedInPart }: { senderGivesUpAt: string; acceptedInPart?: boolean | undefined },
  now: number,
): string {
  if (acceptedInPart) return 'accepted in part: its sender does not retry it';
  const seconds = (Date.parse(senderGivesUpAt) - now) / 1000;
  return seconds > 0
    ? `${duration(seconds)} of retries left`
    : `its sender stopped retrying ${duration(-seconds)} ago`;
}
