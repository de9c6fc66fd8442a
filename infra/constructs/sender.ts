import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { IngestEnvironment, Variables, WorkerEnvironment } from '../../lib/config/environment.ts';
import { claimLeaseSeconds, ingestTimeoutSeconds, workerTimeoutSeconds } from '../../lib/config/timing.ts';
import { type Sender as CatalogueSender, handlerFile } from '../../lib/webhooks/catalogue.ts';
import { type Bundles, codeOf, workerFile } from '../bundle.ts';
import { igfShare } from '../settings/igf-rate-limit.ts';
import type { Stage } from '../settings/stage.ts';
import type { AttentionTopic } from './attention-topic.ts';
import type { BridgeTable } from './bridge-table.ts';
import { BundledFunction } from './bundled-function.ts';
import { pascalCase } from './pascal-case.ts';
import type { Quarantine } from './quarantine.ts';
import type { BridgeSecrets } from './secrets.ts';
import { SenderQueue } from './sender-queue.ts';
import type { WebhookApi } from './webhook-api.ts';

export interface SenderProps {
  readonly sender: CatalogueSender;
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly api: WebhookApi;
  readonly table: BridgeTable;
  readonly secrets: BridgeSecrets;
  readonly attention: AttentionTopic;
  readonly quarantine: Quarantine;
}

/** One row of the picture: a sender's routes and ingest functions, its queue with its DLQ, and its worker. */
export class Sender extends Construct {
  /** Where the sender posts each webhook, and where its messages are. */
  readonly outputs: Readonly<Record<string, string>>;
  readonly worker: LambdaFunction;
  private readonly queue: SenderQueue;

  constructor(scope: Construct, id: string, props: SenderProps) {
    super(scope, id);
    this.queue = new SenderQueue(this, 'Queue', props.attention);
    const urls = props.sender.webhooks.map(({ name, path }) => [
      `${id}${pascalCase(name)}Url`,
      this.receive(name, path, props),
    ]);
    this.worker = this.work(props);
    this.outputs = {
      ...Object.fromEntries(urls),
      [`${id}QueueUrl`]: this.queue.queue.queueUrl,
      [`${id}DeadLetterQueueUrl`]: this.queue.deadLetters.queueUrl,
    };
  }

  /** Route → ingest function → queue, or quarantine. */
  private receive(
    webhook: string,
    path: string,
    { sender, stage, bundles, api, secrets, quarantine }: SenderProps,
  ): string {
    const ingest = new BundledFunction<Variables<IngestEnvironment>>(this, pascalCase(webhook), {
      description: `Takes POST ${path} and puts it in the queue`,
      code: codeOf(bundles, handlerFile(sender, { name: webhook })),
      timeoutSeconds: ingestTimeoutSeconds,
      logRetentionDays: stage.settings.logRetentionDays,
      sourceMaps: false,
      environment: (self) => ({
        ...this.queue.letFill(self),
        ...quarantine.letReject(self),
        SENDER_KEY_SECRET_ID: secrets.shownBy(sender.name).letRead(self),
      }),
    });
    return api.post(path, ingest.lambda);
  }

  /** Queue → worker → table and IGF. */
  private work({ sender, stage, bundles, table, secrets, attention }: SenderProps): LambdaFunction {
    const worker = new BundledFunction<Variables<WorkerEnvironment>>(this, 'Worker', {
      description: `Works off what ${sender.name} sent`,
      code: codeOf(bundles, workerFile(sender)),
      timeoutSeconds: workerTimeoutSeconds,
      logRetentionDays: stage.settings.logRetentionDays,
      sourceMaps: true,
      environment: (self) => ({
        ...this.queue.letDrain(self),
        ...table.letKeepStories(self),
        ...attention.letTell(self),
        IGF_BASE_URL: stage.settings.igfBaseUrl,
        IGF_PATHS: JSON.stringify(stage.settings.igfPaths),
        IGF_KEY_SECRET_ID: secrets.igfKey.letRead(self),
        POLICY: JSON.stringify(stage.policy),
        CLAIM_LEASE_SECONDS: String(claimLeaseSeconds),
        IGF_CALLS_PER_SECOND: String(igfShare(stage.settings)),
      }),
    });
    this.queue.feed(worker.lambda, stage.settings.workerConcurrency);
    return worker.lambda;
  }
}
