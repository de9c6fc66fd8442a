import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { handlerFile, type Sender, senders } from '../../lib/webhooks/catalogue.ts';

/** The vendor's own example payload of a webhook, as tests and measurements use it. */
export function webhookSample(webhook: string): Record<string, unknown> {
  const sender = ingestFunctions.find((candidate) => candidate.webhook === webhook)?.sender.name;
  const name = `${sender === 'winkelstraat' ? '' : `${sender}-`}${webhook.replaceAll('/', '-')}.json`;
  return JSON.parse(readFileSync(join(import.meta.dirname, '../samples', name), 'utf8'));
}

export interface IngestFunction {
  readonly sender: Sender;
  /** Such as `stock-hub/v1/rma`. */
  readonly webhook: string;
  readonly path: string;
  /** Name of its bundle. */
  readonly bundle: string;
}

/** Every ingest function of the catalogue. */
export const ingestFunctions: readonly IngestFunction[] = senders.flatMap((sender) =>
  sender.webhooks.map((webhook) => ({
    sender,
    webhook: webhook.name,
    path: webhook.path,
    bundle: handlerFile(sender, webhook),
  })),
);
