import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lambdaEnvironment } from '../../infra/local/stack-functions.ts';
import { IngestEnvironment } from '../../lib/config/environment.ts';
import { handlerFile, type Sender, senders } from '../../lib/webhooks/catalogue.ts';
import type { Webhook } from '../../lib/webhooks/webhook.ts';

/** One ingest function of the catalogue. */
export interface IngestEndpoint {
  readonly sender: Sender;
  readonly webhook: Webhook;
  /** Its module below `functions/`, without its ending. */
  readonly file: string;
  /** The vendor's own example. */
  readonly sample: unknown;
}

function readSample(sender: Sender, webhook: Webhook): unknown {
  const name = `${sender.name === 'winkelstraat' ? '' : `${sender.name}-`}${webhook.name.replaceAll('/', '-')}.json`;
  return JSON.parse(readFileSync(join(import.meta.dirname, '../samples', name), 'utf8'));
}

/** Every endpoint of the catalogue. */
export const endpoints: readonly IngestEndpoint[] = senders.flatMap((sender) =>
  sender.webhooks.map((webhook) => ({
    sender,
    webhook,
    file: handlerFile(sender, webhook),
    sample: readSample(sender, webhook),
  })),
);

/** The variable that names the queue of deliveries. Every other queue is for something else. */
export const deliveryQueue = 'QUEUE_URL';

/** The variables that an ingest function reads when it is loaded. All its queues are on the counting SQS. */
export function ingestVariables(sqsUrl: string): Record<string, string> {
  const names = Object.keys(IngestEnvironment.shape);
  const environment = Object.fromEntries(
    names.map((name) => [name, name.endsWith('QUEUE_URL') ? `${sqsUrl}/000000000000/${name}` : 'fuzz']),
  );
  const part = {
    name: 'fuzz',
    arn: 'arn:aws:lambda:eu-central-1:000000000000:function:fuzz',
    handler: 'index.handler',
    folder: import.meta.dirname,
    environment,
    timeoutSeconds: 10,
    memoryMb: 512,
    logLevel: 'INFO',
  };
  const addresses = {
    region: 'eu-central-1',
    api: sqsUrl,
    sqs: sqsUrl,
    dynamodb: sqsUrl,
    secretsManager: sqsUrl,
    igf: sqsUrl,
  };
  return lambdaEnvironment(part, { addresses, speed: 1 });
}
