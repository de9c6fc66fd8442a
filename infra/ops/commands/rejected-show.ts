import { isUtf8 } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { addExamples, CommandError, type Terminal } from '../../cli/command-line.ts';
import { columns, formatTime, indent } from '../../cli/output.ts';
import { withBridge } from '../aws/open-bridge.ts';
import type { PlaceOptions } from '../aws/place.ts';
import {
  faultLine,
  findRejected,
  openQuarantine,
  readingCalls,
  readToday,
  timeLeft,
} from '../quarantine/quarantine.ts';

interface ShowOptions extends PlaceOptions {
  readonly save?: string;
}

/** Prints everything that the quarantine has about one rejected webhook. */
export function addRejectedShow(rejected: Command, { print }: Terminal): void {
  const command = rejected
    .command('show')
    .argument('<id>', 'the id of a rejected webhook, or its first characters')
    .summary('print one rejected webhook, its body too')
    .description('Prints one rejected webhook. Its body contains personal data of a customer.')
    .option('--save <file>', 'write the body, byte for byte, into this file instead of printing it');
  addExamples(
    command,
    'npx bridge rejected show 1f0c77a2',
    'npx bridge rejected show 1f0c77a2 --save body.json',
  ).action(async (id: string) => {
    const options: ShowOptions = command.optsWithGlobals();
    const delivery = await withBridge(options, readingCalls, async (bridge) =>
      findRejected(id, await openQuarantine(bridge)),
    );
    const { body } = delivery;
    if (options.save !== undefined) await saveBody(options.save, body);
    const rest = isUtf8(body) ? '' : ', not text: here in base64';
    const where = options.save === undefined ? rest : `, written to ${options.save}`;
    const rows = [...describe(delivery), ['body', `${body.length} bytes${where}`]];
    print(`Rejected delivery ${delivery.id}`);
    for (const line of indent(columns(rows))) print(line);
    if (options.save === undefined) for (const line of indent(bodyLines(body), 4)) print(line);
  });
}

function describe(delivery: RejectedDelivery): string[][] {
  const { resolution } = delivery;
  const today = readToday(delivery);
  return [
    ['webhook', delivery.webhook],
    ['deliveries', String(delivery.deliveries)],
    ['first seen', formatTime(delivery.firstSeen)],
    ['last seen', formatTime(delivery.lastSeen)],
    ['sender', `${timeLeft(delivery, Date.now())} (until ${formatTime(delivery.senderGivesUpAt)})`],
    ['version', delivery.version || 'none was sent'],
    ['correlation id', delivery.correlationId],
    ...(resolution ? [['resolved', `${resolution.as} ${formatTime(resolution.at)}`]] : []),
    ...delivery.errors.map((error) => ['rejected', faultLine([error])]),
    ...('payload' in today
      ? [['today', 'passes']]
      : today.errors.map((error) => ['still fails', faultLine([error])])),
  ];
}

async function saveBody(file: string, body: Uint8Array): Promise<void> {
  try {
    // The body is personal data: only this user may read the file, and it never replaces another file.
    await writeFile(file, body, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = Object(error) as { code?: string };
    throw new CommandError(
      code === 'EEXIST'
        ? `${file} exists already: name another file.`
        : `${file} can't be written (${code}).`,
    );
  }
}

/** The text with its control characters visible, or base64 when the body is no text. */
function bodyLines(body: Uint8Array): string[] {
  if (!isUtf8(body)) return [Buffer.from(body).toString('base64')];
  return Buffer.from(body)
    .toString('utf8')
    .split(/\r?\n/)
    .map((text) =>
      text.replace(/\p{Cc}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
}
