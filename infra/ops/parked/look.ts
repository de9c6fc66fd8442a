import { type Sender, senders } from '../../../lib/webhooks/catalogue.ts';
import { readEnvelope } from '../../../lib/webhooks/envelope.ts';
import { type Delivery, readDelivery } from '../../../lib/worker/process.ts';
import { UsageError } from '../command.ts';
import type { DeadLetter } from './go-through.ts';

/** A message of a DLQ, as the worker would read it. */
export interface Look {
  /** The event's id; the message's own where nobody can read it. */
  readonly id: string;
  readonly webhook: string | undefined;
  /** Why it was parked; absent when SQS itself moved it. */
  readonly reason: string | undefined;
  readonly delivery: Delivery | undefined;
  /** Why the worker would park it again at once. */
  readonly unreadable: string | undefined;
}

export function lookAt({ messageId, body, attributes }: DeadLetter, sender: Sender): Look {
  const envelope = readEnvelope(body);
  const read = readDelivery(body, sender);
  const isRead = 'envelope' in read;
  return {
    id: envelope?.id ?? messageId,
    webhook: envelope?.webhook,
    reason: attributes.reason,
    delivery: isRead ? read : undefined,
    unreadable: isRead ? undefined : read.reason,
  };
}

/** Which messages a command is about; all of them without any. */
export interface Selection {
  readonly webhook?: string | undefined;
  /** A whole id, see `Look`. */
  readonly id?: string | undefined;
}

export const isWanted = ({ webhook, id }: Selection, look: Pick<Look, 'webhook' | 'id'>): boolean =>
  (webhook === undefined || look.webhook === webhook) && (id === undefined || look.id === id);

const namesOf = ({ webhooks, internal = [] }: Sender): string[] =>
  [...webhooks, ...internal].map(({ name }) => name);

/** The sender whose messages a webhook's are. @throws UsageError that lists the webhooks there are */
export function senderOf(webhook: string): Sender {
  const sender = senders.find((known) => namesOf(known).includes(webhook));
  if (sender) return sender;
  throw new UsageError(
    `There is no webhook ${JSON.stringify(webhook)}, only ${senders.flatMap(namesOf).join(', ')}.`,
  );
}

/** The sender of a webhook that may have left the catalogue since. */
export const senderNameOf = (webhook: string): string | undefined =>
  senders.find((known) => namesOf(known).includes(webhook))?.name;
