import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { keys } from '../../../lib/table/keys.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { endpointNamed } from '../send/example-body.ts';
import { post } from '../send/playground.ts';
import { type Finding, failure, findings, ok } from './finding.ts';

/** It is kept in the history of its order, and changes nothing else. */
const webhook = 'stock-hub/v1/invoice';

const pollMs = 500;

/**
 * Sends a webhook about an order that nobody has, with Winkelstraat's key. It goes through the API, the queue and the
 * worker to the table. Then it is removed from there.
 * @param withinMs how long its worker may take
 */
export const checkWebhook = (bridge: OpenBridge, withinMs: number): Promise<Finding[]> =>
  findings('test webhook', async () => {
    const { dynamodb, table: TableName, items } = bridge;
    const orderId = `doctor-${randomUUID()}`;
    const see = (...words: string[]): string => `See ${bridge.command(...words)}`;
    const isFirst = (await items.get(keys.bridge))?.firstDeliveryAt === undefined;
    const body = { increment_id: orderId, order_increment_id: orderId };
    const started = performance.now();
    const { status, problem } = await post(endpointNamed(webhook), body, bridge);
    if (status !== 202) {
      const next = status === 401 ? 'After a change of the secret, try again in a minute.' : see('status');
      return failure(`the API answered ${status}. ${problem ?? 'No function did.'} ${next}`);
    }
    const isDone = ({ outcome }: Record<string, unknown>) => outcome === 'done' || outcome === 'skipped';
    let found: Record<string, unknown>[] = [];
    while (!found.some(isDone) && performance.now() - started < withinMs) {
      await wait(pollMs);
      found = await items.query(keys.order(orderId));
    }
    const took = `${Math.ceil((performance.now() - started) / 1000)} s`;
    if (!found.some(isDone)) {
      const [{ lastError = 'no worker has read it' } = {}] = found;
      return failure(
        `the API took it, and after ${took} it is not done: ${lastError}. ${see('order', orderId)}`,
      );
    }
    for (const { pk, sk } of found) await dynamodb.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    // The first delivery is to be one of a sender.
    if (isFirst) await items.update(keys.bridge, { set: { firstDeliveryAt: null } });
    return ok(`it was in the table after ${took}, and is removed`);
  });
