import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { APIGatewayProxyEventV2, Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { lambdaEnvironment } from '../../../infra/local/stack-functions.ts';
import type { FunctionPart, StackParts } from '../../../infra/local/stack-parts.ts';
import type { Policy } from '../../../lib/config/policy.ts';
import type { HttpAnswer } from '../../../lib/ingest/answers.ts';
import { senders } from '../../../lib/webhooks/catalogue.ts';
import type { Webhook } from '../../../lib/webhooks/webhook.ts';
import { keptFolder } from '../../support/kept-folder.ts';
import type { World } from '../../support/world.ts';
import { eventSourceOf, type SenderName } from './queues.ts';

type RemainingTime = Pick<Context, 'getRemainingTimeInMillis'>;

export type WorkerHandler = (event: SQSEvent, context: RemainingTime) => Promise<SQSBatchResponse>;
export type ReconcilerHandler = (event: unknown, context: RemainingTime) => Promise<unknown>;
export type IngestHandler = (event: APIGatewayProxyEventV2, context: Context) => Promise<HttpAnswer>;

/** What the instrumented bundle exports: each call wires an execution environment of its own, with nothing in memory. */
interface FunctionsUnderTest {
  worker(senderName: string): WorkerHandler;
  ingest(webhook: Webhook): Promise<IngestHandler>;
}

const reconcilerSource = `export { handler } from './functions/reconciler.ts';`;
const functionsSource = `
export { worker } from './functions/wiring/worker.ts';
export { ingest } from './functions/wiring/ingest.ts';
`;

/** The real functions with a probe at each `await`, bundled once. */
export interface InstrumentedFunctions {
  readonly functions: FunctionsUnderTest;
  readonly reconcilerUrl: string;
  /** Every `await` of the functions. */
  readonly sites: readonly string[];
}

export async function instrumentedFunctions(): Promise<InstrumentedFunctions> {
  const folder = await keptFolder(
    {
      name: 'crash',
      maker: 'test/system/crash/instrument.ts',
      settings: { functionsSource, reconcilerSource },
    },
    async (made) => {
      // Loads a compiler, which only this needs.
      const { instrument } = await import('./instrument.ts');
      const sites = await Promise.all([
        instrument(functionsSource, `${made}/functions.mjs`),
        instrument(reconcilerSource, `${made}/reconciler.mjs`),
      ]);
      writeFileSync(`${made}/sites.json`, JSON.stringify([...new Set(sites.flat())]));
    },
  );
  const urlOf = (name: string): string => pathToFileURL(`${folder}/${name}.mjs`).href;
  return {
    functions: await import(urlOf('functions')),
    reconcilerUrl: urlOf('reconciler'),
    sites: JSON.parse(readFileSync(`${folder}/sites.json`, 'utf8')),
  };
}

/** Makes fresh execution environments of the stack's functions, as Lambda would. */
export class Environments {
  readonly #instrumented: InstrumentedFunctions;
  readonly #stack: StackParts;
  readonly #addresses: World['addresses'];
  #reconcilersMade = 0;

  constructor(instrumented: InstrumentedFunctions, stack: StackParts, addresses: World['addresses']) {
    this.#instrumented = instrumented;
    this.#stack = stack;
    this.#addresses = addresses;
  }

  worker(sender: SenderName, policy: Partial<Policy>): WorkerHandler {
    const part = eventSourceOf(this.#stack, sender).function;
    const POLICY = JSON.stringify({ ...JSON.parse(part.environment.POLICY ?? '{}'), ...policy });
    this.#set(part, { POLICY, IGF_BASE_URL: this.#addresses.igf });
    return this.#instrumented.functions.worker(sender);
  }

  ingest(webhookName: string): Promise<IngestHandler> {
    const webhook = senders.flatMap(({ webhooks }) => webhooks).find(({ name }) => name === webhookName);
    if (!webhook) throw new Error(`The catalogue has no webhook ${webhookName}.`);
    const { functions, routes } = this.#stack;
    const route = routes.find(({ routeKey }) => routeKey.endsWith(` ${webhook.path}`));
    const part = functions.find(({ name }) => name === route?.functionName);
    if (!part) throw new Error(`The stack has no function for ${webhookName}.`);
    this.#set(part);
    return this.#instrumented.functions.ingest(webhook);
  }

  /** The reconciler is wired when its module is loaded: it is loaded anew. */
  async reconciler(): Promise<ReconcilerHandler> {
    const scheduled = this.#stack.schedules.map((schedule) => schedule.function);
    const part = scheduled.find(({ environment }) => 'RECONCILE_CALLS' in environment);
    if (!part) throw new Error('The stack has no reconciler.');
    this.#set(part, { IGF_BASE_URL: this.#addresses.igf });
    this.#reconcilersMade += 1;
    const { handler } = await import(`${this.#instrumented.reconcilerUrl}?${this.#reconcilersMade}`);
    return handler;
  }

  /** Sets the variables that a function reads when it is wired. */
  #set(part: FunctionPart, changes: Record<string, string> = {}): void {
    const environment = { ...part.environment, ...changes };
    const world = { addresses: this.#addresses, speed: 1 };
    Object.assign(process.env, lambdaEnvironment({ ...part, environment }, world));
  }
}
