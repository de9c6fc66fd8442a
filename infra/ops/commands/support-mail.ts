import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, Option } from 'commander';
import { z } from 'zod';
import { type Family, families } from '../../../lib/facts/vendor-terms.ts';
import { winkelstraatWebhooks } from '../../../lib/webhooks/catalogue.ts';
import { indent } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
import { text, texts } from '../result-fields.ts';

const Mail = z.object({ urls: texts("the stage's URLs of the family"), text: text('the mail') });

export const supportMailCommand = bridgeCommand<{ readonly language: string }, typeof Mail>({
  name: 'support-mail',
  summary: "print the mail that asks Winkelstraat to post to a stage's URLs",
  description: `Prints a mail to Winkelstraat's support, ready to send. It has the stage's URL of each webhook of
    the family, in its newest version. It has no key.`,
  examples: [
    'npx bridge support-mail push-api --stage prod',
    'npx bridge support-mail stock-hub --language en',
  ],
  result: Mail,
  parameters: (command) =>
    command
      .addArgument(
        new Argument('<family>', 'push-api for a merchant, stock-hub for a reseller').choices(families),
      )
      .addOption(new Option('--language <code>', 'Dutch or English').choices(['nl', 'en']).default('nl')),
  async run({ bridge, options: { language } }, family: Family) {
    const urls = newestWebhooks(family).map(({ path }) => `${bridge.baseOf(path)}${path}`);
    const mail = readFileSync(join(import.meta.dirname, `../texts/support-mail.${language}.txt`), 'utf8');
    const text = mail.replaceAll('{family}', family).replace('{urls}', indent(urls, 4).join('\n'));
    return { result: { urls, text: text.trimEnd() } };
  },
  format: ({ text }) => text.split('\n'),
});

/** The webhooks of a family by their event, such as `rma`, each in its newest version. The others are deprecated. */
function newestWebhooks(family: Family) {
  const inOrder = winkelstraatWebhooks
    .filter(({ name }) => name.startsWith(`${family}/`))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  return [...new Map(inOrder.map((webhook) => [webhook.name.split('/').at(-1), webhook])).values()];
}
