import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { ReturnRef } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { keys } from '../../../lib/table/keys.ts';
import { type Mapping, putMapping } from '../../../lib/table/term-mappings.ts';
import { wasUnmapped } from '../../../lib/table/unmapped-terms.ts';
import { advanceMessage, advanceOrder } from '../../../lib/webhooks/advance-message.ts';
import { writeEnvelope } from '../../../lib/webhooks/envelope.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { readUnmapped } from './held.ts';

/** How many messages are on their way to SQS at once. */
const atOnce = 10;

/** How long after the first look the index is asked again, in milliseconds. */
export const secondLookMs = 2000;

export interface Released {
  /** What the text meant before. */
  before: string | undefined;
  /** Orders that a message was sent for. */
  orders: number;
  returns: number;
}

/**
 * Keeps a mapping, then has every order advanced that a text holds. The mapping comes first: from then on whoever
 * decides knows the text, and what this misses is released by the next webhook of its order. The index follows the
 * table within a second: what was held just before the mapping may not be in it yet, so it is asked twice. What is being
 * held at the same time is the worker's, who asks for the mapping after it wrote that it holds.
 */
export async function mapAndRelease(
  { dynamodb, sqs, table, queueUrl }: OpenBridge,
  mapping: Mapping,
  print: (line: string) => void,
  waitMs = secondLookMs,
): Promise<Released> {
  const queue = queueUrl();
  const before = await putMapping(dynamodb, table, mapping, new Date().toISOString());
  print(`Kept: ${mapping.field} "${mapping.text}" is ${mapping.meaning}.`);
  const told = new Set<string>();
  const seen = new Set<string>();
  const cause = keys.mapping(mapping).sk;
  const correlationId = randomUUID();

  const release = async (orderId: string, returns: readonly ReturnRef[]): Promise<void> => {
    const envelope = advanceMessage(orderId, cause, { now: Date.now(), correlationId });
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: queue,
        MessageBody: writeEnvelope(envelope),
        MessageGroupId: advanceOrder.name,
      }),
    );
    print(`Released: order ${orderId}, ${returns.map((item) => `return ${returnId(item)}`).join(', ')}.`);
  };
  const look = async (): Promise<void> => {
    const held = await readUnmapped(dynamodb, table, mapping);
    for (const item of held) seen.add(`${item.orderId} ${returnId(item)}`);
    const orders = [...Map.groupBy(held, ({ orderId }) => orderId)].filter(([orderId]) => !told.has(orderId));
    for (let first = 0; first < orders.length; first += atOnce) {
      const some = orders.slice(first, first + atOnce);
      await Promise.all(some.map(([orderId, returns]) => release(orderId, returns)));
      for (const [orderId] of some) told.add(orderId);
    }
  };

  if (!(await wasUnmapped(dynamodb, table, mapping))) return { before, orders: 0, returns: 0 };
  try {
    await look();
    await setTimeout(waitMs);
    await look();
  } catch (error) {
    print('The mapping is kept, and not every return is released yet: run the same command again.');
    throw error;
  }
  return { before, orders: told.size, returns: seen.size };
}
