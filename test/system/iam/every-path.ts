import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { type LocalClients, localClients } from '../../../infra/local/endpoints.ts';
import type { LocalRuntime, LocalRuntimeOptions } from '../../../infra/local/runtime.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import { type Json, pushApiRma } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { httpProxy } from '../../support/http-proxy.ts';
import { startRuntime } from '../../support/local-runtime.ts';

/** A day takes 24 seconds. */
const speed = 3600;

/**
 * What AWS's own agents do with the role of a function. Lambda sends the logs and the traces, so no call of a function
 * can show that it needs this.
 */
export const doneByLambda: readonly string[] = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'xray:PutTelemetryRecords',
  'xray:PutTraceSegments',
];

/** The text of a vendor's example. */
export const sample = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../samples', `${name}.json`), 'utf8');

/** The local runtime, in which everything is done that the bridge can do at an AWS service. */
export class EveryPath {
  /** What was printed. */
  readonly lines: string[] = [];
  readonly #open = new AsyncDisposableStack();
  /** What a body contains, and how many calls of DynamoDB with such a body fail yet. */
  readonly #failing = new Map<string, number>();
  #runtime: LocalRuntime | undefined;
  #clients: LocalClients | undefined;

  static async start(options: LocalRuntimeOptions = {}): Promise<EveryPath> {
    const all = new EveryPath();
    all.#runtime = await startRuntime({
      speed,
      onLine: (line) => all.lines.push(line),
      proxies: async (addresses) => {
        const dynamodb = all.#open.use(
          await httpProxy(addresses.dynamodb, { onCall: ({ body }) => all.#faultOf(body) }),
        );
        return { ...addresses, dynamodb: dynamodb.url };
      },
      ...options,
    });
    all.#open.use(all.#runtime);
    all.#clients = all.#open.use(localClients(all.#runtime.urls));
    return all;
  }

  get runtime(): LocalRuntime {
    if (!this.#runtime) throw new Error('It is not started.');
    return this.#runtime;
  }

  [Symbol.asyncDispose] = (): Promise<void> => this.#open.disposeAsync();

  /** Posts a webhook as its sender does. @returns the status of the answer */
  async post(path: string, body: unknown, headers: Record<string, string> = {}): Promise<number> {
    const answer = await fetch(`${this.runtime.urls.api}${path}`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-api-key': 'local-winkelstraat-key',
        'x-version': '1.0',
        ...headers,
      },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    return answer.status;
  }

  /** The path of every function that receives webhooks, with a body that it accepts. */
  async everyRoute(): Promise<{ path: string; body: string }[]> {
    const token = await this.#igfToken();
    const routes = senders.flatMap(({ name: sender, webhooks }) =>
      webhooks.map(({ name, path }) => ({
        path: path.replace('{token}', token),
        body: sample(`${sender === 'igf' ? 'igf-' : ''}${name.replaceAll('/', '-')}`),
      })),
    );
    // Only the function of the paths without a webhook takes a slash at the end.
    const withSlash = routes.slice(0, 1).map(({ path, body }) => ({ path: `${path}/`, body }));
    return [...routes, ...withSlash];
  }

  async #igfToken(): Promise<string> {
    const answer = await fetch(`${this.runtime.urls.igf}/webhooks`, {
      headers: { 'api-key': 'local-igf-key' },
    });
    const [subscription] = (await answer.json()) as { url: string }[];
    return subscription?.url.split('/').at(-1) ?? '';
  }

  /** A return that is forwarded. @returns the number of its listing */
  async listed(orderId: string): Promise<number> {
    const order = { ...(pushApiRma().order as Json), order_id: orderId };
    await this.post('/winkelstraat/push-api/v2/rma', pushApiRma({ rma_id: `R${orderId}`, order }));
    return eventually(`${orderId} is listed`, () => this.listingOf(orderId));
  }

  /** The number of an order's listing at IGF. */
  async listingOf(orderId: string): Promise<number | undefined> {
    const url = `${this.runtime.urls.igf}/listings/all?listingWebshopOrderId=${orderId}`;
    const answer = await fetch(url, { headers: { 'api-key': 'local-igf-key' } });
    return ((await answer.json()) as { id: number }[])[0]?.id;
  }

  /** Lets something happen in the world, or at IGF. */
  async control(path: string, body: Json): Promise<void> {
    const url = new URL(`/_simulator${path}`, this.runtime.urls.igf);
    const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`);
  }

  /** Lets the next calls of DynamoDB fail whose body contains this text. */
  failNext(text: string, times: number): void {
    this.#failing.set(text, times);
  }

  #faultOf(body: string) {
    for (const [text, times] of this.#failing) {
      if (times === 0 || !body.includes(text)) continue;
      this.#failing.set(text, times - 1);
      const answer = {
        status: 500,
        headers: { 'content-type': 'application/x-amz-json-1.0' },
        body: JSON.stringify({ __type: 'InternalServerError' }),
      };
      return { reaches: false, answer };
    }
    return undefined;
  }

  /** How many messages a queue has, whether they are visible or not. @param name the end of its name */
  async messagesIn(name: string): Promise<number> {
    const url = this.runtime.queues.find((queue) => queue.name.endsWith(`-${name}`))?.url;
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const command = new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] });
    const { Attributes } = (await this.#clients?.sqs.send(command)) ?? {};
    return names.reduce((sum, each) => sum + Number(Attributes?.[each]), 0);
  }

  /** Puts a text on each queue that no worker can read, as a person with the console can. */
  async putUnreadable(): Promise<void> {
    for (const { url, deadLetterUrl } of this.runtime.queues) {
      if (!deadLetterUrl) continue;
      await this.#clients?.sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'unreadable' }));
    }
  }
}
