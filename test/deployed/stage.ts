import * as z from 'zod/mini';
import { eventually } from '../support/eventually.ts';
import type { newOrder } from '../system/e2e/orders.ts';
import { type Merchant, succeeded } from './merchant.ts';

type Order = Pick<ReturnType<typeof newOrder>, 'shipment' | 'rma'>;

export const stackName = 'returns-bridge-test';
/** Names the stack to AWS's CLI. */
export const stack = ['--stack-name', stackName];

const Stacks = z.object({
  Stacks: z.tuple([
    z.object({ Outputs: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })) }),
  ]),
});
const Resources = z.object({
  StackResourceSummaries: z.array(
    z.object({ LogicalResourceId: z.string(), PhysicalResourceId: z.string(), ResourceType: z.string() }),
  ),
});
const Template = z.object({
  TemplateBody: z.object({
    Resources: z.record(z.string(), z.object({ DeletionPolicy: z.optional(z.string()) })),
  }),
});
const Query = z.object({ queryId: z.string() });
const QueryResults = z.object({
  status: z.string(),
  results: z.array(z.array(z.object({ value: z.string() }))),
});
const Requests = z.array(
  z.object({ method: z.string(), path: z.string(), status: z.nullable(z.number()), body: z.unknown() }),
);

/** AWS's command that describes a resource of a type by its name. */
const lookUps: Readonly<Record<string, readonly string[]>> = {
  'AWS::DynamoDB::Table': ['dynamodb', 'describe-table', '--table-name'],
  'AWS::SecretsManager::Secret': ['secretsmanager', 'describe-secret', '--secret-id'],
  'AWS::SQS::Queue': ['sqs', 'get-queue-attributes', '--queue-url'],
};

/** A resource of the deployed stack: its logical id, its type, and its name or ARN. */
export interface Resource {
  readonly id: string;
  readonly type: string;
  readonly name: string;
}

/** The stage `test` of the bridge, as its merchant deploys it and as Winkelstraat and IGF see it. */
export class DeployedStage {
  readonly #merchant: Merchant;
  readonly #key: string;
  #outputs: Readonly<Record<string, string>> = {};
  /** The `-c` options of the last deploy. */
  settings: readonly string[] = [];

  /** @param key what Winkelstraat sends in `x-api-key` */
  constructor(merchant: Merchant, key: string) {
    this.#merchant = merchant;
    this.#key = key;
  }

  /** `npm run deploy`, with these settings of the stage on the command line. */
  async deploy(settings: Readonly<Record<string, string>>): Promise<void> {
    const all = { igfBaseUrl: this.#merchant.variable('IGF_BASE_URL'), ...settings };
    this.settings = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const args = ['run', '-s', 'deploy', '--', '--stage', 'test', ...this.settings, '--yes'];
    const deployed = await this.#merchant.type('npm', args);
    succeeded(deployed);
    // What the emulator can't do is no secret of this run.
    for (const [line] of deployed.all.matchAll(/^MiniStack .*$/gm)) process.stderr.write(`  ${line}\n`);
    const answer = await this.#merchant.aws('cloudformation', 'describe-stacks', ...stack);
    const outputs = Stacks.parse(answer).Stacks[0].Outputs;
    this.#outputs = Object.fromEntries(outputs.map((each) => [each.OutputKey, each.OutputValue]));
  }

  output(name: string): string {
    const value = this.#outputs[name];
    if (value === undefined) throw new Error(`The stack has no output ${name}.`);
    return value;
  }

  /** The resources of the stack, those of one type or all. */
  async resources(type?: string): Promise<Resource[]> {
    const answer = await this.#merchant.aws('cloudformation', 'list-stack-resources', ...stack);
    return Resources.parse(answer)
      .StackResourceSummaries.map((each) => ({
        id: each.LogicalResourceId,
        type: each.ResourceType,
        name: each.PhysicalResourceId,
      }))
      .filter((each) => type === undefined || each.type === type);
  }

  /** The lines of the functions' logs that match, by a query of Logs Insights. */
  async logged(pattern: RegExp): Promise<string[]> {
    const groups = (await this.resources('AWS::Logs::LogGroup')).map(({ name }) => name);
    const hour = 3600;
    const now = Math.ceil(Date.now() / 1000);
    const time = ['--start-time', String(now - hour), '--end-time', String(now + hour)];
    const query = ['--query-string', `fields @message | filter @message like ${pattern}`];
    const started = await this.#merchant.aws(
      'logs',
      'start-query',
      '--log-group-names',
      ...groups,
      ...time,
      ...query,
    );
    const { queryId } = Query.parse(started);
    return eventually('the query of the logs has ended', async () => {
      const answer = await this.#merchant.aws('logs', 'get-query-results', '--query-id', queryId);
      const { status, results } = QueryResults.parse(answer);
      return status === 'Complete' && results.map((fields) => fields.map(({ value }) => value).join(' '));
    });
  }

  /** The resources that a deletion of the stack leaves, by the deployed template. */
  async retained(): Promise<Resource[]> {
    const answer = await this.#merchant.aws('cloudformation', 'get-template', ...stack);
    const template = Template.parse(answer).TemplateBody.Resources;
    return (await this.resources()).filter(({ id }) => /^Retain/.test(template[id]?.DeletionPolicy ?? ''));
  }

  /** Finds what a resource became, also without its stack. @throws Error with AWS's answer, when it is gone */
  async find({ type, name }: Resource): Promise<void> {
    const [service, operation, option] = lookUps[type] ?? [];
    if (!service || !operation || !option) throw new Error(`Nothing here looks up a ${type}.`);
    await this.#merchant.aws(service, operation, option, name);
  }

  /** Delivers the shipment of an order, as Winkelstraat does. @returns the answer */
  shipped = (order: Order, headers?: Readonly<Record<string, string>>) =>
    this.#deliver(this.output('WinkelstraatStockHubV1ShipmentUrl'), order.shipment(), headers);

  /** Delivers the RMA of an order, as Winkelstraat does. @returns the answer */
  returned = (order: Order, headers?: Readonly<Record<string, string>>) =>
    this.#deliver(this.output('WinkelstraatStockHubV1RmaUrl'), order.rma(), headers);

  async #deliver(url: string, payload: unknown, headers: Readonly<Record<string, string>> = {}) {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-version': '1.0.0',
        'x-api-key': this.#key,
        ...headers,
      },
      body: JSON.stringify(payload),
    });
    return { status: response.status, body: await response.json() };
  }

  /** The statuses that IGF answered to the listings of an order, in their order. */
  async listingsOf(orderId: string): Promise<(number | null)[]> {
    return Requests.parse(await this.#merchant.igf('requests'))
      .filter(({ method, path }) => method === 'POST' && path === '/listings')
      .filter(({ body }) => Object(body).listingWebshopOrderId === orderId)
      .map(({ status }) => status);
  }

  isListed = (orderId: string): Promise<unknown> =>
    eventually(`order ${orderId} is listed`, async () => (await this.listingsOf(orderId)).includes(201));

  /** What `npx bridge …` prints, once it matches. */
  shows(pattern: RegExp, ...args: string[]): Promise<string> {
    let last = '';
    return eventually(`npx bridge ${args.join(' ')} shows ${pattern}`, async () => {
      last = (await this.#merchant.bridge(...args)).all;
      return pattern.test(last) && last;
    }).catch((error: Error) => {
      throw new Error(`${error.message}\n${last}`);
    });
  }
}
