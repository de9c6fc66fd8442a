import { randomUUID } from 'node:crypto';
import type { Message } from '@aws-sdk/client-sqs';
import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { Policy } from '../../lib/config/policy.ts';
import { claimLeaseSeconds, igfTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import type { Circuit } from '../../lib/igf/circuit-breaker.ts';
import { workerIgf } from '../../lib/igf/worker-igf.ts';
import type { Notice } from '../../lib/returns/notice.ts';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import { isoTime } from '../../lib/runtime/time.ts';
import { cachedFirstDelivery, cachedRules } from '../../lib/table/bridge-state.ts';
import { bridgeTable } from '../../lib/table/bridge-table.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { eventId, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { workerHandler } from '../../lib/worker/worker-handler.ts';
import { BridgeQueue } from './bridge-queue.ts';
import { deployment } from './builders.ts';
import { igfKey } from './igf.ts';
import type { Delivery } from './webhooks.ts';
import type { Stack, World } from './world.ts';

export interface BridgeOptions {
  /** Whose worker it is; Winkelstraat's unless told otherwise. */
  readonly sender?: string;
  readonly policy?: Partial<Policy>;
  /** How long a call to IGF may take, in real milliseconds. */
  readonly igfTimeoutMs?: number;
  /** What keeps calls from IGF while it is down; without it every call is made. */
  readonly circuit?: Circuit;
  /** In place of keeping notices in `notices`. */
  readonly notify?: (notice: Notice) => Promise<void>;
  /** How far this worker's clock is ahead of the others', in seconds. */
  readonly aheadSeconds?: number;
  /** In place of the world's own client, such as one through a proxy that counts. */
  readonly dynamodb?: DynamoDBDocumentClient;
}

/** Real time, also where a test lets `Date.now` tell the bridge's. */
const realNow = Date.now;

/** How one message was left. */
export type Handled = 'acknowledged' | 'kept';

/** A message as an operator finds it in the DLQ. */
export interface ParkedMessage {
  readonly body: string;
  readonly attributes: Record<string, string | undefined>;
}

/**
 * The worker between the real queue, table and IGF of a world. What Lambda would do by itself is done step by step:
 * `work` hands every visible message to the handler, `later` lets the time pass that a retry asked for.
 */
export class Bridge {
  readonly stack: Stack;
  readonly #queue: BridgeQueue;
  readonly #deadLetters: BridgeQueue;
  readonly #dynamodb: DynamoDBDocumentClient;
  readonly #handle: ReturnType<typeof workerHandler>;
  /** Messages that a failed attempt has delayed, and when they are due on the bridge's clock. */
  readonly #delayed = new Map<string, number>();
  /** Every delay that an attempt has set, in seconds. */
  readonly delays: number[] = [];
  /** What people were told, unless a test tells them in another way. */
  readonly notices: Notice[] = [];
  #passed: number;

  constructor(world: World, stack: Stack, options: BridgeOptions = {}) {
    this.#passed = (options.aheadSeconds ?? 0) * 1000;
    this.stack = stack;
    this.#queue = new BridgeQueue(world.sqs, stack.queue, () => this.now());
    this.#deadLetters = new BridgeQueue(world.sqs, stack.deadLetters, () => this.now());
    this.#dynamodb = options.dynamodb ?? world.dynamodb;
    const sender = senders.find(({ name }) => name === (options.sender ?? 'winkelstraat'));
    if (!sender) throw new Error(`The catalogue has no sender ${options.sender}.`);
    const policy = z.parse(Policy, options.policy ?? {});
    const table = bridgeTable(this.#dynamodb, stack.table, { now: () => this.now(), ...policy });
    this.#handle = workerHandler({
      sender,
      table,
      retailer: cachedRules(table, () => this.now()),
      firstDelivery: cachedFirstDelivery(table, () => isoTime(this.now())),
      igf: workerIgf({
        baseUrl: world.addresses.igf,
        apiKey: async () => igfKey,
        timeoutMs: options.igfTimeoutMs ?? igfTimeoutSeconds * 1000,
        now: () => this.now(),
        ...(options.circuit && { circuit: options.circuit }),
      }),
      circuit: options.circuit,
      policy,
      claimLeaseMs: claimLeaseSeconds * 1000,
      deployment,
      now: () => this.now(),
      random: () => 0,
      newToken: () => randomUUID(),
      notify: options.notify ?? (async (notice) => void this.notices.push(notice)),
      queue: {
        delay: async (receiptHandle, seconds) => {
          await this.#queue.setVisibility(receiptHandle, seconds);
          this.delays.push(seconds);
          this.#delayed.set(receiptHandle, this.now() + seconds * 1000);
        },
        park: (body, attributes) => this.#deadLetters.send(body, attributes),
      },
    });
  }

  /** The bridge's clock: real time and what `later` has let pass. */
  now(): number {
    return realNow() + this.#passed;
  }

  /** Puts a delivery on the queue as ingest does. @returns its event id */
  async deliver({ webhook, payload }: Delivery): Promise<string> {
    const id = eventId(webhook, payload);
    await this.put(
      writeEnvelope({
        schema: 1,
        id,
        webhook,
        version: '1.0',
        receivedAt: new Date(this.now()).toISOString(),
        correlationId: randomUUID(),
        payload,
      }),
    );
    return id;
  }

  /** Puts any text on the queue, as a person with the console can. */
  put(body: string): Promise<void> {
    return this.#queue.send(body);
  }

  /** Works on every message that is visible now, all at once, each in a call of its own. */
  async drain(): Promise<Handled[]> {
    const messages = await this.#queue.receiveAll();
    return (await Promise.all(messages.map((message) => this.#attempt([message])))).flat();
  }

  /** Works on every message that is visible now, as one batch in one call. */
  async workOnBatch(): Promise<Handled[]> {
    return this.#attempt(await this.#queue.receiveAll());
  }

  /** Lets so much time pass. */
  passes(milliseconds: number): void {
    this.#passed += milliseconds;
  }

  /**
   * Lets time pass until the next delayed messages are due.
   * @param alsoDueWithinMs and so much longer: what is due shortly after one another is due together then
   * @returns false when none is delayed
   */
  async later(alsoDueWithinMs = 0): Promise<boolean> {
    const due = Math.min(...this.#delayed.values());
    if (!Number.isFinite(due)) return false;
    this.#passed += Math.max(0, due + alsoDueWithinMs - this.now());
    for (const [receiptHandle, at] of this.#delayed) {
      if (at > this.now()) continue;
      this.#delayed.delete(receiptHandle);
      await this.#queue.setVisibility(receiptHandle, 0);
    }
    return true;
  }

  /** Works and lets time pass until no message is left. Fails when that takes more than a day of the bridge's clock. */
  async finish(): Promise<void> {
    const end = this.now() + 25 * 3600 * 1000;
    do {
      await this.drain();
      if (this.now() > end) throw new Error('Messages are still retried after a day.');
    } while (await this.later());
  }

  /** Delivers, then works until nothing is left to do. */
  async takes(...deliveries: Delivery[]): Promise<void> {
    for (const delivery of deliveries) {
      await this.deliver(delivery);
      await this.finish();
    }
  }

  /** Everything that the table holds of an order, by sort key. */
  async itemsOf(orderId: string): Promise<Record<string, Record<string, unknown>>> {
    const { Items = [] } = await this.#dynamodb.send(
      new QueryCommand({
        TableName: this.stack.table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `ORDER#${orderId}` },
      }),
    );
    return Object.fromEntries(Items.map((item) => [String(item.sk), item]));
  }

  /** One item of the table, whatever it is. */
  async item(pk: string, sk: string): Promise<Record<string, unknown> | undefined> {
    const { Item } = await this.#dynamodb.send(
      new GetCommand({ TableName: this.stack.table, Key: { pk, sk }, ConsistentRead: true }),
    );
    return Item;
  }

  /** The return items of an order. */
  async returns(orderId: string): Promise<ReturnItem[]> {
    return (await bridgeTable(this.#dynamodb, this.stack.table).readOrder(orderId)).returns;
  }

  /** The one return item of an order. */
  async theReturn(orderId: string): Promise<ReturnItem> {
    const [item, ...others] = await this.returns(orderId);
    if (!item || others.length > 0) throw new Error(`${orderId} has ${item ? 'several' : 'no'} returns.`);
    return item;
  }

  /** Puts what the DLQ holds back on the queue, as a redrive does. @returns how many messages it was */
  async redrive(): Promise<number> {
    const messages = await this.#deadLetters.receiveAll();
    for (const { Body = '', ReceiptHandle } of messages) {
      await this.put(Body);
      await this.#deadLetters.delete(ReceiptHandle);
    }
    return messages.length;
  }

  /** How many messages the queue and its DLQ hold, whether they are visible or not. */
  async waiting(): Promise<{ queue: number; deadLetters: number }> {
    return { queue: await this.#queue.count(), deadLetters: await this.#deadLetters.count() };
  }

  /** Takes every message out of the DLQ. */
  async parked(): Promise<ParkedMessage[]> {
    const messages = await this.#deadLetters.receiveAll();
    return messages.map(({ Body = '', MessageAttributes = {} }) => ({
      body: Body,
      attributes: Object.fromEntries(
        Object.entries(MessageAttributes).map(([name, { StringValue }]) => [name, StringValue]),
      ),
    }));
  }

  /** One invocation, and what Lambda does after it: what is not reported as failed is deleted. */
  async #attempt(messages: readonly Message[]): Promise<Handled[]> {
    const records = messages.map((message) => this.#queue.recordOf(message));
    const { batchItemFailures } = await this.#handle(
      { Records: records },
      { getRemainingTimeInMillis: () => workerTimeoutSeconds * 1000 },
    );
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    return Promise.all(
      records.map(async ({ messageId, receiptHandle }): Promise<Handled> => {
        if (failed.has(messageId)) return 'kept';
        await this.#queue.delete(receiptHandle);
        return 'acknowledged';
      }),
    );
  }
}
