import type { APIGatewayProxyEventV2, Context, SQSRecord } from 'aws-lambda';
import * as z from 'zod/mini';
import { httpEvent } from '../../infra/local/http-payload.ts';
import { Policy } from '../../lib/config/policy.ts';
import { claimLeaseSeconds } from '../../lib/config/timing.ts';
import { ingestHandler } from '../../lib/ingest/ingest-handler.ts';
import { reconcile } from '../../lib/reconciler/reconcile.ts';
import type { Notice } from '../../lib/returns/notice.ts';
import { type ReturnItem, returnId } from '../../lib/returns/return-item.ts';
import { todoOf } from '../../lib/returns/tasks.ts';
import { senders } from '../../lib/webhooks/catalogue.ts';
import { advanceMessage, writeEnvelope } from '../../lib/webhooks/envelope.ts';
import { workerHandler } from '../../lib/worker/worker-handler.ts';
import { deployment } from '../support/builders.ts';
import { FakeIgf } from '../support/doubles/fake-igf.ts';
import { FakeIgfLife } from '../support/doubles/fake-igf-life.ts';
import { inMemoryTable } from '../support/doubles/in-memory-table.ts';
import { InMemoryTasksIndex } from '../support/doubles/in-memory-tasks-index.ts';
import type { Delivery } from '../support/webhooks.ts';
import type { ReturnName, Seen, Step } from './case.ts';
import type { CaseOrder, Post } from './case-order.ts';
import { expectEnds, returnIdOf } from './expectation.ts';

/** A message in a queue. Times in milliseconds since the epoch. */
interface Message {
  readonly id: string;
  readonly sender: string;
  readonly body: string;
  readonly sentAt: number;
  visibleAt: number;
  receiveCount: number;
}

const key = 'the-key';
const minute = 60_000;
const hour = 60 * minute;
/** A message that is delayed for no longer is worked on before the next step. */
const soon = 10 * minute;

/** The whole bridge in memory: ingest, queues, workers and reconciler, each with its real code. */
export class InMemoryBridge {
  readonly table = inMemoryTable();
  readonly igf = new FakeIgf();
  readonly notices: Notice[] = [];
  /** What the quarantine was given, and what the DLQ has. */
  readonly rejected: string[] = [];
  readonly parked: string[] = [];
  /** Milliseconds since the epoch. */
  now = Date.parse('2024-03-11T12:00:00.000Z');
  readonly #order: CaseOrder;
  readonly #life = new FakeIgfLife(this.igf, () => this.now);
  #policy: Policy;
  #queue: Message[] = [];
  #ids = 0;

  constructor(order: CaseOrder, policy: Readonly<Record<string, unknown>> = {}) {
    this.#order = order;
    this.#policy = z.parse(Policy, policy);
  }

  /** How many messages are not done yet. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** @throws what jest throws when the step has not the result that it must have */
  async take(step: Step): Promise<void> {
    this.now += minute;
    switch (step.kind) {
      case 'post':
        return this.#deliver(step, step.answer);
      case 'buy': {
        const webhook = this.#life.buy(this.#listingOf(step.of), step.webshopOrderId);
        return step.lost ? undefined : this.#deliver(webhook);
      }
      case 'event': {
        const listingId = step.earlier ? this.#firstListingOf(step.of) : this.#listingOf(step.of);
        const { webhook, payload } = this.#life.happens(step.event, listingId);
        if (step.lost) return;
        return this.#deliver({ webhook, payload: step.also ? { ...payload, ...step.also } : payload });
      }
      case 'cancellation':
        return this.#life.cancelSilently(this.#listingOf(step.of), step.reason);
      case 'later':
        return this.#later(step.hours);
      case 'done':
        await this.#answer(step.of);
        return this.#advance();
      case 'go-live':
        this.#policy = { ...this.#policy, mode: 'live' };
        return this.#advance();
      case 'ends':
        return expectEnds(this.#seen(), step, this.#order);
    }
  }

  /** Posts a webhook as its sender does, and works until no message is due soon. */
  async #deliver(delivery: Delivery & Partial<Post>, answer = 202): Promise<void> {
    const status = await this.#post(delivery);
    if (status !== answer) throw new Error(`${delivery.webhook} was answered ${status}, not ${answer}.`);
    await this.#work(this.now + soon);
  }

  async #post(delivery: Delivery & Partial<Post>): Promise<number> {
    const isIts = ({ name }: { name: string }) => name === delivery.webhook;
    const sender = senders.find(({ webhooks }) => webhooks.some(isIts));
    const webhook = sender?.webhooks.find(isIts);
    if (!sender || !webhook) return 404;
    const handler = ingestHandler(webhook, {
      senderKey: { values: async () => [key] },
      enqueue: async ({ body }) => this.#send(sender.name, body),
      reject: async ({ body }) => void this.rejected.push(body),
      now: () => this.now,
    });
    const headers = { 'x-api-key': key, 'x-version': '1.0', 'content-type': 'application/json' };
    const event = httpEvent({
      method: 'POST',
      target: webhook.path,
      headers: { ...headers, ...delivery.headers },
      body: Buffer.from(delivery.bytes ?? JSON.stringify(delivery.payload)),
      pathParameters: { token: key },
      receivedAt: this.now,
      ...{ sourceIp: '', protocol: '', requestId: '', routeKey: '', stage: '' },
    });
    const { statusCode } = await handler(event as unknown as APIGatewayProxyEventV2, {} as Context);
    return statusCode;
  }

  #send(sender: string, body: string): void {
    this.#ids += 1;
    const id = `message-${this.#ids}`;
    this.#queue.push({ id, sender, body, sentAt: this.now, visibleAt: this.now, receiveCount: 0 });
  }

  /** Works on every message that becomes visible before `until`; the clock goes on to when it does. */
  async #work(until: number): Promise<void> {
    for (;;) {
      const [next] = this.#queue.toSorted((one, other) => one.visibleAt - other.visibleAt);
      if (!next || next.visibleAt > until) return;
      this.now = Math.max(this.now, next.visibleAt);
      await this.#receive(next);
    }
  }

  async #receive(message: Message): Promise<void> {
    const sender = senders.find(({ name }) => name === message.sender);
    if (!sender) throw new Error(`The catalogue has no sender ${message.sender}.`);
    message.receiveCount += 1;
    const handle = workerHandler({
      ...this.#dependencies(),
      sender,
      random: () => 0,
      queue: {
        delay: async (_receipt, seconds) => {
          message.visibleAt = this.now + seconds * 1000;
        },
        park: async (body) => void this.parked.push(body),
      },
    });
    const record = {
      messageId: message.id,
      receiptHandle: message.id,
      body: message.body,
      attributes: {
        ApproximateReceiveCount: String(message.receiveCount),
        SentTimestamp: String(message.sentAt),
      },
    };
    const event = { Records: [record as unknown as SQSRecord] };
    const { batchItemFailures } = await handle(event, { getRemainingTimeInMillis: () => 30_000 });
    if (batchItemFailures.length === 0) this.#queue = this.#queue.filter(({ id }) => id !== message.id);
    else if (message.visibleAt <= this.now) message.visibleAt = this.now + minute;
  }

  #dependencies() {
    return {
      table: this.table,
      igf: this.igf,
      policy: this.#policy,
      claimLeaseMs: claimLeaseSeconds * 1000,
      deployment,
      now: () => this.now,
      newToken: () => {
        this.#ids += 1;
        return `token-${this.#ids}`;
      },
      notify: async (notice: Notice) => {
        // As the client of SNS does it: a text that is not well-formed can't be sent.
        encodeURIComponent(notice.subject + notice.body);
        this.notices.push(notice);
      },
    };
  }

  /** What `npx bridge done` writes. */
  async #answer(name: ReturnName): Promise<void> {
    const item = this.#return(name);
    const at = new Date(this.now).toISOString();
    const { tasks = [] } = todoOf(item, at) ?? {};
    if (tasks.length === 0) throw new Error(`${name} asks for nothing: ${item.why}`);
    const answers = tasks.map((task) => ({ ...task, at, by: 'an operator', note: 'done' }));
    const content = { ...item, answers: [...(item.answers ?? []), ...answers] };
    await this.table.write({ kind: 'return', content });
  }

  /** The message that an operator's commands send. */
  async #advance(): Promise<void> {
    const cause = `TEST#${this.now}`;
    const envelope = advanceMessage(this.#order.id, cause, { now: this.now, correlationId: cause });
    this.#send('winkelstraat', writeEnvelope(envelope));
    await this.#work(this.now + soon);
  }

  /** The reconciler runs each hour. */
  async #later(hours: number): Promise<void> {
    for (let passed = 0; passed < hours; passed += 1) {
      await this.#work(this.now + hour);
      this.now += hour;
      const index = new InMemoryTasksIndex(this.table, [this.#order.id]);
      await reconcile({ ...this.#dependencies(), index }, { calls: 100 }, () => 300_000);
      await this.#work(this.now);
    }
  }

  #return(name: ReturnName): ReturnItem {
    const wanted = returnIdOf(name, this.#order);
    const item = this.table.order(this.#order.id).returns.find((each) => returnId(each) === wanted);
    if (!item) throw new Error(`There is no return ${name}.`);
    return item;
  }

  #listingOf(name: ReturnName): number {
    const { listingId, why } = this.#return(name);
    if (listingId === undefined) throw new Error(`${name} has no listing: ${why}`);
    return listingId;
  }

  #firstListingOf(name: ReturnName): number {
    const mark = `[${returnIdOf(name, this.#order)}]`;
    const first = this.igf.state.listings.find((each) => each.returnReasonComment?.endsWith(mark));
    if (!first) throw new Error(`${name} was never listed.`);
    return first.id;
  }

  #seen(): Seen {
    const { returns } = this.table.order(this.#order.id);
    return {
      returns: Object.fromEntries(returns.map((item) => [returnId(item), item])),
      posts: this.igf.callsOf('listings.create').map(([, request]) => request as object),
      cancelled: this.igf.state.listings.filter(({ status }) => status === 'Cancelled').length,
    };
  }
}
