import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { eventually } from '../../support/eventually.ts';
import { startRuntime } from '../../support/local-runtime.ts';

export interface IgfRequest {
  method: string;
  path: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are whatever the bridge sent; tests say what they expect.
  body: any;
  status: number | null;
}

/** A table item, as the merchant's developer sees it in the console. */
// biome-ignore lint/suspicious/noExplicitAny: tests say what they expect of it.
export type TableItem = Record<string, any>;

/** The local runtime, with the bundled functions of the synthesized stack. */
export interface RunningBridge {
  /** Posts a webhook as Winkelstraat does. */
  post(path: string, payload: unknown, headers?: Record<string, string>): Promise<Response>;
  /** Everything the table holds of an order. */
  itemsOf(orderId: string): Promise<TableItem[]>;
  /** One return item of an order; the order must have exactly one, or `returnId` says which (`<rma>#<item>`). */
  returnItem(orderId: string, returnId?: string): Promise<TableItem | undefined>;
  /** What IGF was asked for. */
  igfRequests(): Promise<IgfRequest[]>;
  igfFault(fault: Record<string, unknown>): Promise<void>;
  /** Tells the simulator what happens in the world: somebody buys, hands in, cancels. */
  igfWorld(control: string, body: Record<string, unknown>): Promise<void>;
  /** What IGF sent to its subscribers, and how that was answered. */
  igfWebhooks(): Promise<{ eventType: string; status: number | string }[]>;
  /** Where everything of it is, as its `ready` line says. */
  addresses: Readonly<Record<string, string>>;
  /** Calls IGF as another client of the tenant would. */
  igf(method: string, path: string, body?: unknown): Promise<Response>;
  /** Waits until so many deliveries of Winkelstraat's, and whatever IGF told, are done for the order. */
  settled(orderId: string, deliveries: number): Promise<void>;
  /** Where `--local` finds it: LOCAL_FOLDER. */
  folder: string;
  /** What was printed so far. */
  lines: string[];
  stop(): Promise<void>;
}

/** Starts the local runtime on free ports. `context` is what a user would write after `npm start -- -c`. */
export async function startBridge({
  context = {},
  speed = 60,
}: {
  readonly context?: Readonly<Record<string, unknown>>;
  readonly speed?: number;
} = {}): Promise<RunningBridge> {
  const folder = mkdtempSync(join(tmpdir(), 'running-bridge-'));
  const lines: string[] = [];
  const runtime = await startRuntime({ context, speed, folder, onLine: (line) => lines.push(line) });
  const { table, urls } = runtime;
  const { api, dynamodb, sqs, igf } = urls;
  const simulator = igf.replace('/api/v1', '/_simulator');
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: dynamodb,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    }),
  );

  const bridge: RunningBridge = {
    folder,
    lines,
    post: (path, payload, headers = {}) =>
      fetch(`${api}/winkelstraat/${path}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'x-version': '1.0.0',
          'x-api-key': 'local-winkelstraat-key',
          ...headers,
        },
        body: typeof payload === 'string' ? payload : JSON.stringify(payload),
      }),
    itemsOf: async (orderId) => {
      const { Items } = await documents.send(
        new QueryCommand({
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': `ORDER#${orderId}` },
        }),
      );
      return Items ?? [];
    },
    returnItem: async (orderId, returnId) => {
      const prefix = returnId ? `RETURN#${returnId}` : 'RETURN#';
      const returns = (await bridge.itemsOf(orderId)).filter(({ sk }) => sk.startsWith(prefix));
      if (returns.length > 1) throw new Error(`${orderId} has ${returns.length} return items.`);
      return returns[0];
    },
    igfRequests: async () => (await (await fetch(`${simulator}/requests`)).json()) as IgfRequest[],
    igfFault: async (fault) => {
      const answer = await fetch(`${simulator}/faults`, { method: 'POST', body: JSON.stringify(fault) });
      if (!answer.ok) throw new Error(await answer.text());
    },
    addresses: { api, dynamodb, sqs, igf, table },
    igfWebhooks: async () =>
      (await (await fetch(`${simulator}/webhooks`)).json()) as {
        eventType: string;
        status: number | string;
      }[],
    igfWorld: async (control, body) => {
      const answer = await fetch(`${simulator}/${control}`, { method: 'POST', body: JSON.stringify(body) });
      if (!answer.ok) throw new Error(`${control}: ${await answer.text()}`);
    },
    igf: (method, path, body) =>
      fetch(`${igf}${path}`, {
        method,
        headers: { 'api-key': 'local-igf-key', 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    settled: async (orderId, deliveries) => {
      await eventually(`${deliveries} deliveries of ${orderId} are done`, async () => {
        const events = (await bridge.itemsOf(orderId)).filter(({ sk }) => sk.startsWith('EVENT#'));
        // IGF's webhooks are named `v1/…`; how many of them come, and when, is IGF's affair.
        const own = events.filter(({ webhook }) => !webhook.startsWith('v1/'));
        return (
          own.length === deliveries &&
          events.every(({ outcome }) => outcome === 'done' || outcome === 'skipped')
        );
      });
    },
    stop: async () => {
      documents.destroy();
      await runtime[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bridge;
}
