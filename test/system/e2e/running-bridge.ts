import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';

const root = join(import.meta.dirname, '../../..');

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

/** `npm start`'s own runtime, in a process of its own, with the bundled functions of the synthesized stack. */
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
  stop(): Promise<number | null>;
}

/** Polls until `probe` answers something, and fails with `what` after the deadline. */
export async function untilTrue<T>(
  what: string,
  probe: () => Promise<T | undefined | false>,
  deadlineMs = 30_000,
): Promise<T> {
  const end = Date.now() + deadlineMs;
  for (;;) {
    const seen = await probe();
    if (seen !== undefined && seen !== false) return seen;
    if (Date.now() > end) throw new Error(`Not within ${deadlineMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

async function readyLine(child: ChildProcess, lines: string[]): Promise<Record<string, string>> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('The runtime has no output to read.');
  createInterface({ input: stderr }).on('line', (line) => lines.push(line));
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`The runtime ended with ${code}:\n${lines.join('\n')}`)));
    createInterface({ input: stdout }).on('line', (line) => {
      lines.push(line);
      if (line.startsWith('ready ')) resolve(JSON.parse(line.slice('ready '.length)));
    });
  });
}

/** Starts the local runtime on free ports. `args` are what a user would write after `npm start --`. */
export async function startBridge({ args = [] as string[], speed = 60 } = {}): Promise<RunningBridge> {
  const folder = mkdtempSync(join(tmpdir(), 'running-bridge-'));
  const child = spawn(
    process.execPath,
    ['--import', './infra/node-version.mjs', 'infra/local/start.ts', ...args],
    {
      cwd: root,
      env: {
        ...process.env,
        ...{
          PORT: '0',
          DYNAMODB_PORT: '0',
          SQS_PORT: '0',
          IGF_PORT: '0',
          SPEED: String(speed),
          LOCAL_FOLDER: folder,
          NODE_OPTIONS: '',
        },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const lines: string[] = [];
  const { api, dynamodb, sqs, igf, table } = await readyLine(child, lines);
  const simulator = `${igf}`.replace('/api/v1', '/_simulator');
  const documents = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      endpoint: `${dynamodb}`,
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
    addresses: { api: `${api}`, dynamodb: `${dynamodb}`, sqs: `${sqs}`, igf: `${igf}`, table: `${table}` },
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
      await untilTrue(`${deliveries} deliveries of ${orderId} are done`, async () => {
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
      const exited = child.exitCode === null ? once(child, 'exit') : [child.exitCode];
      child.kill('SIGINT');
      const [code] = await exited;
      rmSync(folder, { recursive: true, force: true });
      return code as number | null;
    },
  };
  return bridge;
}
