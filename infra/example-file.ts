import { join } from 'node:path';
import { handlerFile, type Sender } from '../lib/webhooks/catalogue.ts';

/** The file with the vendor's own example of a webhook's body. Winkelstraat's have no name before them. */
export function exampleFile(sender: Sender, webhook: { name: string }): string {
  const name = handlerFile(sender, webhook)
    .replace(/^winkelstraat\//, '')
    .replace('/', '-');
  return join(import.meta.dirname, '../test/samples', `${name}.json`);
}
