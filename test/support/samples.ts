import { readFileSync } from 'node:fs';
import { exampleFile } from '../../infra/example-file.ts';
import { handlerFile, type Sender, senders } from '../../lib/webhooks/catalogue.ts';

/** The vendor's own example payload of a webhook, as tests and measurements use it. */
export function webhookSample(name: string): Record<string, unknown> {
  const found = ingestFunctions.find(({ webhook }) => webhook === name);
  if (!found) throw new Error(`The catalogue has no webhook ${name}.`);
  return JSON.parse(readFileSync(exampleFile(found.sender, { name }), 'utf8'));
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
