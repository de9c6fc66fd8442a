import { isUtf8 } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import { callerPath } from '../../cli/caller-path.ts';
import { CommandError } from '../../cli/command-line.ts';
import { columns, formatTime, indent } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { bridgeCommand } from '../command.ts';
import { faultLine, findRejected, openQuarantine, readToday, timeLeft } from '../quarantine/quarantine.ts';
import { rejectedReplayCommand } from './rejected-replay.ts';

const rejectedShowCommand = bridgeCommand<{ readonly save?: string; readonly personal?: true }>({
  name: 'show',
  summary: 'print one rejected webhook',
  description: 'Prints one rejected webhook. Its body contains personal data of a customer.',
  examples: [
    'npx bridge rejected show 1f0c77a2 --personal',
    'npx bridge rejected show 1f0c77a2 --save body.json',
  ],
  parameters: (command) =>
    command
      .argument('<id>', 'the id of a rejected webhook, or its first characters')
      .option('--personal', 'also print the body')
      .option('--save <file>', 'write the body, byte for byte, into this file instead of printing it'),
  async run({ bridge, options: { save, personal }, print }, id: string) {
    const delivery = await findRejected(id, await openQuarantine(bridge));
    const { body } = delivery;
    if (save !== undefined) await saveBody(save, body);
    const hidden = personal ? '' : ': --personal prints it, --save <file> writes it into a file';
    const rest = personal && !isUtf8(body) ? ', not text: here in base64' : hidden;
    const where = save === undefined ? rest : `, written to ${save}`;
    const rows = [...describe(delivery, bridge.now()), ['body', `${body.length} bytes${where}`]];
    print(`Rejected delivery ${delivery.id}`, ...indent(columns(rows)));
    if (save === undefined && personal) print(...indent(bodyLines(body), 4));
  },
});

export const rejectedCommand = bridgeCommand({
  name: 'rejected',
  summary: 'list the webhooks that were refused (406, 413), and the time left',
  description: `Lists the webhooks that the bridge answered with 406 or 413, because their body is invalid or
    too large. Their sender retries them for 24 hours. It also lists those that it accepted without an item
    that it could not read. The bridge keeps each webhook for 30 days. Replay it after the schema was
    corrected.`,
  exit1: 'there are rejected webhooks',
  examples: ['npx bridge rejected', 'npx bridge rejected replay --all --dry-run'],
  subcommands: [rejectedShowCommand, rejectedReplayCommand],
  async run({ bridge, print }) {
    const { waiting, wasAccepted } = await openQuarantine(bridge);
    if (waiting.length === 0) return print('No rejected webhooks.');
    const length = shortLength(waiting.map(({ id }) => id));
    for (const delivery of waiting) {
      const verdict = verdictToday(delivery, await wasAccepted(delivery), bridge.stage.name);
      print(...formatRejected(delivery, length, verdict, bridge.now()));
    }
    return 1;
  },
});

function formatRejected(delivery: RejectedDelivery, length: number, verdict: string, now: number): string[] {
  const { id, webhook, deliveries, firstSeen, lastSeen, errors } = delivery;
  const times = deliveries === 1 ? 'once' : `${deliveries} times, the last ${formatTime(lastSeen)}`;
  return [
    `${id.slice(0, length)}  ${webhook}  ${timeLeft(delivery, now)}`,
    `  delivered  ${formatTime(firstSeen)}, ${times}`,
    `  rejected   ${faultLine(errors)}`,
    `  today      ${verdict}`,
  ];
}

function verdictToday(delivery: RejectedDelivery, wasAccepted: boolean, stage: string): string {
  if (wasAccepted) return 'it was also accepted: nothing is missing';
  const today = readToday(delivery);
  return 'payload' in today
    ? `passes: ${npxBridge(stage, 'rejected', 'replay')} puts it on its queue`
    : `still fails: ${faultLine(today.errors)}`;
}

function describe(delivery: RejectedDelivery, now: number): string[][] {
  const { resolution } = delivery;
  const today = readToday(delivery);
  return [
    ['webhook', delivery.webhook],
    ['deliveries', String(delivery.deliveries)],
    ['first seen', formatTime(delivery.firstSeen)],
    ['last seen', formatTime(delivery.lastSeen)],
    ['sender', `${timeLeft(delivery, now)} (until ${formatTime(delivery.senderGivesUpAt)})`],
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
    await writeFile(callerPath(file), body, { mode: 0o600, flag: 'wx' });
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
