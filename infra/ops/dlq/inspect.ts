import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import { readEnvelope } from '../../../lib/webhooks/envelope.ts';
import { type Delivery, readDelivery } from '../../../lib/worker/process.ts';
import { UsageError } from '../../cli/command-line.ts';
import type { DeadLetter } from './scan.ts';

/** A message of a DLQ, read as the worker reads it. */
export interface DeadLetterInfo {
  /** The event's id, or the message's own when the message is unreadable. */
  readonly id: string;
  readonly webhook: string | undefined;
  /** Why the worker parked it; absent when SQS moved it itself. */
  readonly reason: string | undefined;
  readonly delivery: Delivery | undefined;
  /** Why the worker would park it again immediately. */
  readonly unreadable: string | undefined;
}

export function inspectMessage({ messageId, body, attributes }: DeadLetter, sender: Sender): DeadLetterInfo {
  const envelope = readEnvelope(body);
  const read = readDelivery(body, sender);
  const isReadable = 'envelope' in read;
  return {
    id: envelope?.id ?? messageId,
    webhook: envelope?.webhook,
    reason: attributes.reason,
    delivery: isReadable ? read : undefined,
    unreadable: isReadable ? undefined : read.reason,
  };
}

/** Selects messages by webhook or id; an empty selection means all. */
export interface Selection {
  readonly webhook?: string | undefined;
  /** A whole id, see `DeadLetterInfo`. */
  readonly id?: string | undefined;
}

export const isSelected = (
  { webhook, id }: Selection,
  info: Pick<DeadLetterInfo, 'webhook' | 'id'>,
): boolean => (webhook === undefined || info.webhook === webhook) && (id === undefined || info.id === id);

const webhooksOf = ({ webhooks, internal = [] }: Sender): string[] =>
  [...webhooks, ...internal].map(({ name }) => name);

/** The sender of a webhook. @throws UsageError that lists the webhooks */
export function senderOf(webhook: string): Sender {
  const sender = senders.find((known) => webhooksOf(known).includes(webhook));
  if (sender) return sender;
  throw new UsageError(
    `There is no webhook ${JSON.stringify(webhook)}, only ${senders.flatMap(webhooksOf).join(', ')}.`,
  );
}

/** The name of a webhook's sender; undefined for a webhook that has left the catalogue. */
export const senderNameOf = (webhook: string): string | undefined =>
  senders.find((known) => webhooksOf(known).includes(webhook))?.name;
