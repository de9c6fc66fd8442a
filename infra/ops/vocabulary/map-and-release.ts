import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { ReturnRef } from '../../../lib/returns/order.ts';
import { returnId } from '../../../lib/returns/return-item.ts';
import { keys } from '../../../lib/table/keys.ts';
import { type Mapping, putMapping } from '../../../lib/table/term-mappings.ts';
import { wasUnmapped } from '../../../lib/table/unmapped-terms.ts';
import { sendAdvance } from '../advance/send-advance.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { readUnmapped } from './read-unmapped.ts';

/** How many messages are sent to SQS at once. */
const atOnce = 10;

/** How long after the first query the index is queried again, in milliseconds. */
const secondQueryMs = 2000;

export interface Released {
  /** The earlier meaning of the text. */
  before: string | undefined;
  /** Orders that got a message. */
  orders: number;
  returns: number;
}

/**
 * Stores a mapping, then sends a message for every order with a return that waits for it. The mapping is
 * stored first. Every later decision uses it, so the next webhook of an order releases a return that this
 * command misses. The index follows the table within a second, so it is queried twice: a return that began to
 * wait just before the mapping may be missing at first. When a return begins to wait at the same time, the
 * worker finds the mapping, because it reads the mappings again after it has written the return.
 */
export async function mapAndRelease(
  bridge: OpenBridge,
  mapping: Mapping,
  print: (line: string) => void,
  waitMs = secondQueryMs,
): Promise<Released> {
  const { dynamodb, table } = bridge;
  // Without a queue nothing may be stored.
  bridge.queueUrl();
  const before = await putMapping(dynamodb, table, mapping, new Date().toISOString());
  print(`Stored: ${mapping.field} "${mapping.text}" means ${mapping.meaning}.`);
  const released = new Set<string>();
  const seen = new Set<string>();
  const cause = keys.mapping(mapping).sk;
  const correlationId = randomUUID();

  const release = async (orderId: string, returns: readonly ReturnRef[]): Promise<void> => {
    await sendAdvance(bridge, orderId, cause, correlationId);
    print(`Released: order ${orderId}, ${returns.map((item) => `return ${returnId(item)}`).join(', ')}.`);
  };
  const releaseUnmapped = async (): Promise<void> => {
    const unmapped = await readUnmapped(dynamodb, table, mapping);
    for (const item of unmapped) seen.add(`${item.orderId} ${returnId(item)}`);
    const orders = [...Map.groupBy(unmapped, ({ orderId }) => orderId)].filter(
      ([orderId]) => !released.has(orderId),
    );
    for (let first = 0; first < orders.length; first += atOnce) {
      const some = orders.slice(first, first + atOnce);
      await Promise.all(some.map(([orderId, returns]) => release(orderId, returns)));
      for (const [orderId] of some) released.add(orderId);
    }
  };

  if (!(await wasUnmapped(dynamodb, table, mapping))) return { before, orders: 0, returns: 0 };
  try {
    await releaseUnmapped();
    await setTimeout(waitMs);
    await releaseUnmapped();
  } catch (error) {
    print('The mapping is stored, but some returns are not released yet: run the same command again.');
    throw error;
  }
  return { before, orders: released.size, returns: seen.size };
}
