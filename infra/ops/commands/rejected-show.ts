import { isUtf8 } from 'node:buffer';
import { writeFile } from 'node:fs/promises';
import { callerPath } from '../../cli/caller-path.ts';
import { CommandError } from '../../cli/command-line.ts';
import { columns, formatTime, indent } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
import { type ListOptions, takesOneId } from '../lists.ts';
import { findRejected, openQuarantine, timeLeft } from '../quarantine/quarantine.ts';
import { formatToday, Rejected, toRejected } from '../quarantine/rejected.ts';
import { maybe, maybePart, number, oneOfThese, text } from '../result-fields.ts';

const Shown = Rejected.extend({
  correlationId: maybe('of its last delivery'),
  resolution: maybePart(
    {
      as: oneOfThese(['replayed', 'dismissed', 'accepted'], 'what became of it'),
      at: text('when'),
      by: maybe('who did it'),
      reason: maybe('why it was dismissed'),
    },
    'null: somebody has to look at it',
  ),
  bytes: number('the length of its body'),
  savedAs: maybe('the file that --save wrote'),
  body: maybe('its body with --personal, in base64 when it is not text'),
});

export const rejectedShowCommand = bridgeCommand<
  ListOptions & { readonly save?: string; readonly personal?: true },
  typeof Shown
>({
  name: 'show',
  summary: 'print one rejected webhook',
  description: 'Prints one rejected webhook. Its body contains personal data of a customer.',
  examples: [
    'npx bridge rejected show 1f0c77a2 --personal',
    'npx bridge rejected show 1f0c77a2 --save body.json',
  ],
  result: Shown,
  parameters: (command) =>
    command
      .argument('<id>', 'the id of a rejected webhook, or its first characters')
      .option('--personal', 'also print the body')
      .option('--save <file>', 'write the body, byte for byte, into this file instead of printing it'),
  check: takesOneId,
  async run({ bridge, options: { save, personal } }, id: string) {
    const delivery = await findRejected(id, await openQuarantine(bridge));
    const { body, resolution } = delivery;
    if (save !== undefined) await saveBody(save, body);
    const isPrinted = personal && save === undefined;
    return {
      result: {
        ...toRejected(delivery),
        correlationId: delivery.correlationId,
        resolution,
        bytes: body.length,
        savedAs: save,
        body: isPrinted ? Buffer.from(body).toString(isUtf8(body) ? 'utf8' : 'base64') : null,
      },
    };
  },
  format(shown, { bridge, options: { personal } }) {
    const { body, bytes, savedAs, resolution } = shown;
    const hidden =
      typeof body !== 'string' ? ': --personal prints it, --save <file> writes it into a file' : '';
    const where = savedAs ? `, written to ${savedAs}` : hidden;
    const { as, at = '', by, reason } = resolution ?? {};
    const rows = [
      ['webhook', shown.webhook],
      ['deliveries', String(shown.deliveries)],
      ['first seen', formatTime(shown.firstSeen)],
      ['last seen', formatTime(shown.lastSeen)],
      ['sender', `${timeLeft(shown, bridge.now())} (until ${formatTime(shown.senderGivesUpAt)})`],
      ['version', shown.version ?? 'none was sent'],
      ['correlation id', shown.correlationId ?? ''],
      ...(at
        ? [['resolved', `${as} ${formatTime(at)}${by ? `, by ${by}` : ''}${reason ? `: ${reason}` : ''}`]]
        : []),
      ...shown.errors.map((error) => ['rejected', error]),
      ['today', formatToday(shown)],
      ['body', `${bytes} bytes${where}`],
    ];
    const lines = personal && body ? indent(bodyLines(body), 4) : [];
    return [`Rejected delivery ${shown.id}`, ...indent(columns(rows)), ...lines];
  },
});

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

/** The text with its control characters visible. JSON on one line gets a line for each of its fields. */
function bodyLines(body: string): string[] {
  return readable(body)
    .split(/\r?\n/)
    .map((text) =>
      text.replace(/\p{Cc}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
    );
}

function readable(body: string): string {
  try {
    return body.trim().includes('\n') ? body : JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
