import { LogQueryWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnQueryDefinition } from 'aws-cdk-lib/aws-logs';
import { Stack } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import type { Quarantine } from './quarantine.ts';
import type { Reconciler } from './reconciler.ts';
import type { SenderPipeline } from './sender.ts';
import type { WebhookApi } from './webhook-api.ts';

/** The parts of the stack that alarms and dashboard watch. */
export interface WatchedParts {
  readonly api: WebhookApi;
  readonly pipelines: readonly SenderPipeline[];
  readonly quarantine: Quarantine;
  readonly reconciler: Reconciler;
}

/** The names of the stack's log groups, by what writes them. */
function logGroupsOf({ api, pipelines, quarantine, reconciler }: WatchedParts) {
  const of = (lambdas: readonly LambdaFunction[]) => lambdas.map(({ logGroup }) => logGroup.logGroupName);
  const ingest = of(pipelines.flatMap((pipeline) => pipeline.ingest));
  const workers = of(pipelines.map(({ worker }) => worker));
  const deciding = [...workers, ...of([reconciler.lambda])];
  const rejecting = of([quarantine.worker, quarantine.watch]);
  const functions = [...ingest, ...deciding, ...rejecting];
  return { access: [api.logGroupName], ingest, workers, deciding, rejecting, functions };
}
type LogGroups = ReturnType<typeof logGroupsOf>;

/** The queries of each kind of logs by their titles. `lib/runtime/log.ts` has the fields below `message`. */
const queries = {
  functions: {
    'History of an order': `fields @timestamp, message.step, message.webhook, message.attempt,
        message.returnId, message.state, message.rule, message.why, message.reason
      | filter message.orderId = '000000000' | sort @timestamp asc | limit 1000`,
    'One delivery': `fields @timestamp, message.step, message.webhook, message.orderId, message.status,
        message.attempt, message.outcome, message.reason
      | filter message.eventId = 'the id of the answer' or message.correlationId = 'x-correlation-id'
      | sort @timestamp asc | limit 1000`,
  },
  ingest: {
    'Ingest answers by status and reason': `filter message.step in ['queued', 'not-accepted']
      | stats count(*) as answers by message.status, message.webhook, message.reason | sort answers desc`,
  },
  access: {
    'Gateway answers by status and route': `stats count(*) as answers, pct(latencyMs, 99) as p99ms
        by status, route, refusal | sort answers desc`,
  },
  workers: {
    'Attempts by webhook and outcome': `filter message.step in ['done', 'retry', 'parked']
      | stats count(*) as attempts, pct(message.ms, 50) as p50ms, pct(message.ms, 99) as p99ms
        by message.webhook, message.step, message.outcome | sort attempts desc`,
    'Retries and why': `filter message.step = 'retry'
      | stats count(*) as retries, max(message.attempt) as attempt, max(message.ageSeconds) as oldestSeconds
        by message.webhook, message.reason | sort retries desc`,
    'Parked messages and why': `filter message.step = 'parked' | sort @timestamp desc
      | fields @timestamp, message.webhook, message.orderId, message.attempt, message.rule, message.reason`,
  },
  deciding: {
    'IGF calls by operation and status': `filter message.step = 'called'
      | stats count(*) as calls, pct(message.ms, 50) as p50ms, pct(message.ms, 95) as p95ms
        by message.operation, message.status | sort calls desc`,
    'Returns by state': `filter message.step = 'decided'
      | stats latest(message.state) as state by message.orderId, message.returnId
      | stats count(*) as returns by state | sort returns desc`,
    'Returns that need a person, by task': `filter message.step = 'decided' and ispresent(message.tasks)
      | stats count_distinct(message.returnId) as returns by message.tasks | sort returns desc`,
    'Refunds that became due': `filter message.step = 'decided' and message.tasks like /refund/
      | stats latest(message.attention) as task by message.orderId, message.returnId`,
  },
  rejecting: {
    'Rejected webhooks and their time left': `filter message.step = 'quarantined'
      | stats max(message.deliveries) as deliveries, latest(message.reason) as timeLeft
        by message.webhook, message.eventId | sort timeLeft asc`,
  },
} as const satisfies Record<keyof LogGroups, Record<string, string>>;
type Titles<Logs> = Logs extends keyof LogGroups ? keyof (typeof queries)[Logs] & string : never;

/** Saves every query in a folder with the stack's name, in the console of Logs Insights. */
export class SavedQueries extends Construct {
  private readonly saved = new Map<string, { logGroupNames: string[]; queryLines: string[] }>();

  constructor(scope: Construct, id: string, parts: WatchedParts) {
    super(scope, id);
    for (const [logs, logGroupNames] of Object.entries(logGroupsOf(parts)) as [keyof LogGroups, string[]][]) {
      for (const [title, query] of Object.entries(queries[logs])) {
        const queryLines = query.split('|').map((command) => command.trim().replace(/\s+/g, ' '));
        const name = `${Stack.of(this).stackName}/${title}`;
        new CfnQueryDefinition(this, title, { name, queryString: queryLines.join('\n| '), logGroupNames });
        this.saved.set(title, { logGroupNames, queryLines });
      }
    }
  }

  table(title: Titles<keyof LogGroups>, width: number): LogQueryWidget {
    const { logGroupNames = [], queryLines = [] } = this.saved.get(title) ?? {};
    return new LogQueryWidget({ title, width, height: 6, logGroupNames, queryLines });
  }
}
