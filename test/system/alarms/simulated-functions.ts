import { SQSClient } from '@aws-sdk/client-sqs';
import type { APIGatewayProxyEventV2, Context, SQSEvent } from 'aws-lambda';
import { advanceWiring } from '../../../functions/wiring/advance.ts';
import { ingest, ingestDependencies } from '../../../functions/wiring/ingest.ts';
import type { FunctionPart, StackParts } from '../../../infra/local/stack-parts.ts';
import {
  QuarantineEnvironment,
  ReconcilerEnvironment,
  readEnvironment,
  WorkerEnvironment,
} from '../../../lib/config/environment.ts';
import { get as getRetailer } from '../../../lib/igf/api/retailer.ts';
import { all as allWebhooks } from '../../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../../lib/igf/client.ts';
import { unknownRouteHandler } from '../../../lib/ingest/unknown-route.ts';
import { oldestParkedSeconds, watchQuarantine } from '../../../lib/quarantine/expiry-watch.ts';
import { quarantineHandler } from '../../../lib/quarantine/quarantine-handler.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { refreshRules, watchSubscriptions } from '../../../lib/reconciler/igf-account.ts';
import { reconcile } from '../../../lib/reconciler/reconcile.ts';
import { measure } from '../../../lib/runtime/log.ts';
import { addSeconds, isoTime } from '../../../lib/runtime/time.ts';
import { cachedFirstDelivery, cachedRules } from '../../../lib/table/bridge-state.ts';
import { senders, winkelstraatWebhooks } from '../../../lib/webhooks/catalogue.ts';
import { sqsQueue } from '../../../lib/worker/acknowledge.ts';
import { workerHandler } from '../../../lib/worker/worker-handler.ts';
import { inMemoryTable } from '../../support/doubles/in-memory-table.ts';
import { InMemoryTasksIndex } from '../../support/doubles/in-memory-tasks-index.ts';
import { awsError } from './simulated-aws.ts';

export type Handle = (event: unknown) => Promise<unknown>;

/** The time that an invocation has left. */
const context = { getRemainingTimeInMillis: () => 300_000 };
const now = () => Date.now();

/** What the functions store: the one table, with the orders, and with the rejected deliveries. */
export class SimulatedTable {
  readonly orders = inMemoryTable();
  readonly #rejected = new Map<string, RejectedDelivery>();
  /** What the table refuses. */
  refuses: 'nothing' | 'writes of orders' | 'rejected deliveries' | 'queries of the index' = 'nothing';

  constructor() {
    this.orders.before(async (call) => {
      if (this.refuses === 'writes of orders' && call === 'write') throw awsError('ThrottlingException');
    });
  }

  readonly rejectedItems = {
    read: async (id: string) => this.#rejected.get(id),
    write: async (delivery: RejectedDelivery) => {
      if (this.refuses === 'rejected deliveries') throw awsError('ThrottlingException');
      this.#rejected.set(delivery.id, { ...delivery, rev: delivery.rev + 1 });
      return 'written' as const;
    },
  };

  readonly rejectedIndex = {
    waiting: ([from, until]: readonly [string, string] = ['', '9']) => this.#waiting(from, until),
  };

  async *#waiting(from: string, until: string): AsyncGenerator<RejectedDelivery> {
    if (this.refuses === 'queries of the index') throw awsError('AccessDeniedException');
    for (const delivery of this.#rejected.values()) {
      const { resolution, senderGivesUpAt: due } = delivery;
      if (!resolution && due >= from && due <= until) yield delivery;
    }
  }

  /** The index of open tasks. */
  tasks(): InMemoryTasksIndex {
    const orderIds = new Set(this.orders.deliveries.flatMap(({ orderId }) => orderId ?? []));
    return new InMemoryTasksIndex(this.orders, [...orderIds]);
  }

  /** How many returns have arrived at their next buyer. */
  forwarded(): number {
    const orderIds = new Set(this.orders.deliveries.flatMap(({ orderId }) => orderId ?? []));
    const returns = [...orderIds].flatMap((orderId) => this.orders.order(orderId).returns);
    return returns.filter(({ state }) => state === 'Completed').length;
  }

  /** Everything that is parked was parked so many days ago. */
  parkedEarlier(days: number): void {
    for (const attempt of this.orders.deliveries)
      if (attempt.outcome === 'parked') attempt.at = addSeconds(isoTime(now()), -days * 24 * 3600);
  }

  /** The deliveries whose last attempt parked them. */
  parked(): { readonly parkedAt: string }[] {
    const last = new Map(this.orders.deliveries.map((attempt) => [attempt.envelope.id, attempt]));
    return [...last.values()].flatMap(({ outcome, at }) => (outcome === 'parked' ? { parkedAt: at } : []));
  }
}

/**
 * The functions of the stack by their names, each with the real code and the real wiring, over a table in memory.
 * @param igfUrl where IGF is
 */
export function simulatedFunctions(
  stack: StackParts,
  table: SimulatedTable,
  igfUrl: string,
): Map<string, Handle> {
  const queue = (part: FunctionPart) =>
    sqsQueue(new SQSClient({}), readEnvironment(QuarantineEnvironment, part.environment));
  const changed = { IGF_BASE_URL: igfUrl, IGF_CALLS_PER_SECOND: '1000' };
  const tableDependencies = () => ({
    table: table.orders,
    retailer: cachedRules(table.orders, now),
    firstDelivery: cachedFirstDelivery(table.orders, () => isoTime(now())),
  });

  const ingestOf = (part: FunctionPart, routeKey: string): Handle => {
    Object.assign(process.env, part.environment);
    const webhook = senders
      .flatMap(({ webhooks }) => webhooks)
      .find(({ path }) => routeKey === `POST ${path}`);
    const handler = webhook
      ? ingest(webhook)
      : ingestDependencies().then((dependencies) => unknownRouteHandler(winkelstraatWebhooks, dependencies));
    return async (event) => (await handler)(event as APIGatewayProxyEventV2, {} as Context);
  };
  const workerOf = (part: FunctionPart, senderName: string): Handle => {
    const sender = senders.find(({ name }) => name === senderName);
    if (!sender) {
      const handler = quarantineHandler({
        items: table.rejectedItems,
        queue: queue(part),
        now,
        random: () => 0,
      });
      return (event) => handler(event as SQSEvent);
    }
    const { dependencies } = advanceWiring(
      readEnvironment(WorkerEnvironment, { ...part.environment, ...changed }),
    );
    const handler = workerHandler({
      ...dependencies,
      ...tableDependencies(),
      sender,
      random: () => 0,
      queue: queue(part),
    });
    return (event) => handler(event as SQSEvent, context);
  };
  const reconcilerOf = (part: FunctionPart): Handle => {
    const environment = readEnvironment(ReconcilerEnvironment, { ...part.environment, ...changed });
    const { dependencies, transport } = advanceWiring(environment);
    const igf = igfClient(transport, { retailer: { get: getRetailer }, webhooks: { all: allWebhooks } });
    return async () => {
      await refreshRules(igf.retailer, table.orders, now);
      await watchSubscriptions(igf.webhooks, new URL(environment.API_URL).host);
      const all = { ...dependencies, ...tableDependencies(), index: table.tasks() };
      return reconcile(all, { calls: environment.RECONCILE_CALLS }, context.getRemainingTimeInMillis);
    };
  };
  const watch: Handle = async () => {
    const dependencies = { index: table.rejectedIndex, items: table.rejectedItems, table: table.orders, now };
    await watchQuarantine(
      { ...dependencies, measure: (expiring) => measure('rejected-expiring', expiring) },
      context.getRemainingTimeInMillis,
    );
    const parkedSeconds = oldestParkedSeconds(table.parked(), now());
    if (parkedSeconds > 0) measure('parked-oldest-seconds', parkedSeconds);
  };

  return new Map(
    stack.functions.map((part): [string, Handle] => {
      const route = stack.routes.find(({ functionName }) => functionName === part.name);
      const source = stack.eventSources.find((each) => each.function.name === part.name);
      const [, sender = ''] = /-(\w+)Queue$/.exec(source?.queue.name ?? '') ?? [];
      if (route) return [part.name, ingestOf(part, route.routeKey)];
      if (source) return [part.name, workerOf(part, sender.toLowerCase())];
      return [part.name, 'RECONCILE_CALLS' in part.environment ? reconcilerOf(part) : watch];
    }),
  );
}
