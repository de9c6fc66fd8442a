import { isUtf8 } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { printable } from '../../cli/printable.ts';
import { placeDetails, placeOptions, withBridge } from '../aws/open-bridge.ts';
import { type Command, CommandError } from '../command.ts';
import { time } from '../order/time.ts';
import { faultLine, find, openQuarantine, readingNeeds, readToday, timeLeft } from './quarantine.ts';

/** Prints everything that is kept of one rejected delivery. */
export const rejectedShow: Command = {
  name: 'rejected show',
  positionals: ['<id>'],
  options: {
    save: { type: 'string', about: 'writes the body, byte for byte, into this file in place of printing it' },
    ...placeOptions,
  },
  summary: 'prints everything of one rejected delivery, its body too',
  details: `The body is what a customer's data stands in: mind who reads along. The beginning of the id is enough where it
is the only one.

${placeDetails}`,
  async run(input, print) {
    const [id = ''] = input.positionals;
    const { save } = input.options;
    const delivery = await withBridge(input, readingNeeds, async (bridge) =>
      find(id, await openQuarantine(bridge)),
    );
    const { webhook, deliveries, resolution, body } = delivery;
    const line = (name: string, value: string): void => print(`  ${name.padEnd(14)} ${value}`);
    print(`Rejected delivery ${delivery.id}`);
    line('webhook', printable(webhook));
    line('deliveries', String(deliveries));
    line('first seen', time(delivery.firstSeen));
    line('last seen', time(delivery.lastSeen));
    line('sender', `${timeLeft(delivery, Date.now())} (until ${time(delivery.senderGivesUpAt)})`);
    line('version', printable(delivery.version) || 'none was sent');
    line('correlation id', printable(delivery.correlationId));
    if (resolution) line('resolved', `${resolution.as} ${time(resolution.at)}`);
    for (const error of delivery.errors) line('refused', faultLine([error]));
    const result = await readToday(delivery);
    if ('accepted' in result) line('today', 'passes');
    else for (const error of result.errors) line('still fails', faultLine([error]));
    if (typeof save === 'string') {
      await saved(save, body);
      line('body', `${body.length} bytes, written to ${save}`);
      return 0;
    }
    line('body', `${body.length} bytes${isUtf8(body) ? '' : ', not text: here in base64'}`);
    for (const text of bodyLines(body)) print(`    ${text}`);
    return 0;
  },
};

async function saved(file: string, body: Uint8Array): Promise<void> {
  try {
    // It holds a customer's data: for who asked for it alone, and never over another file.
    await writeFile(file, body, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    throw new CommandError(
      code === 'EEXIST'
        ? `${file} is there already: name another file.`
        : `${file} can't be written (${code}).`,
    );
  }
}

/** Its text with everything visible that a terminal would obey, or base64 of what is none. */
function bodyLines(body: Uint8Array): string[] {
  if (!isUtf8(body)) return [Buffer.from(body).toString('base64')];
  return Buffer.from(body)
    .toString('utf8')
    .split(/\r?\n/)
    .map((text) =>
      text.replace(/\p{Cc}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
}
