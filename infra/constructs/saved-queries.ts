import { LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Quarantine } from './quarantine.ts';
import type { Reconciler } from './reconciler.ts';
import type { SenderPipeline } from './sender.ts';
import type { WebhookApi } from './webhook-api.ts';

export interface LoggingParts {
  readonly api: WebhookApi;
  readonly pipelines: readonly SenderPipeline[];
  readonly quarantine: Quarantine;
  readonly reconciler: Reconciler;
}

/** The names of the stack's log groups, by what writes them. */
function logGroupsOf({ api, pipelines, quarantine, reconciler }: LoggingParts) {
  const of = (lambdas: readonly LambdaFunction[]) => lambdas.map(({ logGroup }) => logGroup.logGroupName);
  const ingest = of(pipelines.flatMap((pipeline) => pipeline.ingest));
  const workers = of(pipelines.map(({ worker }) => worker));
  const deciding = [...workers, ...of([reconciler.lambda])];
  const rejecting = of([quarantine.worker, quarantine.watch]);
  const functions = [...ingest, ...deciding, ...rejecting];
  return { access: [api.logGroupName], ingest, workers, deciding, rejecting, functions };
}
type LogGroups = ReturnType<typeof logGroupsOf>;

/** Each query's logs and commands by its title. `lib/runtime/log.ts` has the fields below `message`. */
const queries = {
  'History of an order': [
    'functions',
    `fields @timestamp, message.step, message.webhook, message.attempt, message.returnId, message.state,
       message.rule, message.why, message.reason
     | filter message.orderId = '000000000' | sort @timestamp asc | limit 1000`,
  ],
  'One delivery': [
    'functions',
    `fields @timestamp, message.step, message.webhook, message.orderId, message.status, message.attempt,
       message.outcome, message.reason
     | filter message.eventId = 'the id of the answer' or message.correlationId = 'x-correlation-id'
     | sort @timestamp asc | limit 1000`,
  ],
  'Ingest answers by status and reason': [
    'ingest',
    `filter message.step in ['queued', 'not-accepted']
     | stats count(*) as answers by message.status, message.webhook, message.reason | sort answers desc`,
  ],
  'Gateway answers by status and route': [
    'access',
    'stats count(*) as answers, pct(latencyMs, 99) as p99ms by status, route, refusal | sort answers desc',
  ],
  'Attempts by webhook and outcome': [
    'workers',
    `filter message.step in ['done', 'retry', 'parked']
     | stats count(*) as attempts, pct(message.ms, 50) as p50ms, pct(message.ms, 99) as p99ms
       by message.webhook, message.step, message.outcome | sort attempts desc`,
  ],
  'Retries and why': [
    'workers',
    `filter message.step = 'retry'
     | stats count(*) as retries, max(message.attempt) as attempt, max(message.ageSeconds) as oldestSeconds
       by message.webhook, message.reason | sort retries desc`,
  ],
  'Parked messages and why': [
    'workers',
    `filter message.step = 'parked' | sort @timestamp desc
     | fields @timestamp, message.webhook, message.orderId, message.attempt, message.rule, message.reason`,
  ],
  'IGF calls by operation and status': [
    'deciding',
    `filter message.step = 'called'
     | stats count(*) as calls, pct(message.ms, 50) as p50ms, pct(message.ms, 95) as p95ms
       by message.operation, message.status | sort calls desc`,
  ],
  'Returns by state': [
    'deciding',
    `filter message.step = 'decided'
     | stats latest(message.state) as state by message.orderId, message.returnId
     | stats count(*) as returns by state | sort returns desc`,
  ],
  'Returns that need a person, by task': [
    'deciding',
    `filter message.step = 'decided' and ispresent(message.tasks)
     | stats count_distinct(message.returnId) as returns by message.tasks | sort returns desc`,
  ],
  'Refunds that became due': [
    'deciding',
    `filter message.step = 'decided' and message.tasks like /refund/
     | stats latest(message.attention) as task by message.orderId, message.returnId`,
  ],
  'Rejected webhooks and their time left': [
    'rejecting',
    `filter message.step = 'quarantined'
     | stats max(message.deliveries) as deliveries, latest(message.reason) as timeLeft
       by message.webhook, message.eventId | sort timeLeft asc`,
  ],
} as const satisfies Record<string, readonly [keyof LogGroups, string]>;

const commandsOf = (query: string): string[] =>
  query.split('|').map((part) => part.trim().replace(/\s+/g, ' '));

/** Saves every query in a folder with the stack's name, in the console of Logs Insights. */
export class SavedQueries extends Construct {
  private readonly groups: LogGroups;

  constructor(scope: Construct, id: string, parts: LoggingParts) {
    super(scope, id);
    this.groups = logGroupsOf(parts);
    for (const [title, [logs, query]] of Object.entries(queries)) {
      const name = `${Stack.of(this).stackName}/${title}`;
      const queryString = commandsOf(query).join('\n| ');
      new CfnQueryDefinition(this, title, { name, queryString, logGroupNames: this.groups[logs] });
    }
  }

  /** The result of a query, as a table of a dashboard. */
  widget(title: keyof typeof queries, width: number): LogQueryWidget {
    const [logs, query] = queries[title];
    const queryLines = commandsOf(query);
    return new LogQueryWidget({ title, width, height: 6, logGroupNames: this.groups[logs], queryLines });
  }
}
