import { duration } from '../../cli/duration.ts';
import { printable } from '../../cli/printable.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import { time } from '../order/time.ts';
import { foresee } from '../preview/foresee.ts';
import { type Foresight, foresightOf } from '../preview/foresight.ts';
import { foretellAll } from '../preview/foretold.ts';
import type { DeadLetterQueue } from './dead-letter-queue.ts';
import { type DeadLetter, goThrough, type PassOptions } from './go-through.ts';
import { isWanted, type Look, lookAt, type Selection } from './look.ts';

export interface PreviewOptions extends PassOptions {
  readonly selection: Selection;
  /** How many characters of an id are shown. */
  readonly idLength: number;
  print(line: string): void;
}

/**
 * Tells of each message what would follow if it was redriven alone, now. Every message stays where it is.
 * @returns how many there are, copies of one event counted once, and how many SQS counts that did not show
 */
export async function previewMessages(
  bridge: OpenBridge,
  queue: DeadLetterQueue,
  { selection, idLength, print, ...options }: PreviewOptions,
): Promise<{ told: number; unseen: number }> {
  const foresight = foresightOf(bridge);
  const told = new Set<string>();
  const { unseen } = await goThrough(
    bridge.sqs,
    queue,
    async (message) => {
      const look = lookAt(message, queue.sender);
      if (!isWanted(selection, look) || told.has(look.id)) return 'left';
      told.add(look.id);
      const lines = await previewOf(message, look, foresight);
      print(
        printable(
          `${look.webhook ?? 'unreadable'}  ${look.id.slice(0, idLength)}  ${howParked(message, look)}`,
        ),
      );
      for (const line of lines) print(`  ${line.startsWith(' ') ? '  ' : ''}${printable(line)}`);
      return 'left';
    },
    options,
  );
  return { told: told.size, unseen };
}

/** SQS's clock is asked too: that of the local runtime may be ahead of this one. */
const nowOf = ({ firstReceivedAt }: DeadLetter): number => Math.max(Date.now(), firstReceivedAt || 0);

async function previewOf(message: DeadLetter, look: Look, foresight: Foresight): Promise<string[]> {
  if (!look.delivery) return ['no return is concerned', `  → no call, parked again: ${look.unreadable}`];
  return foretellAll(await foresee(look.delivery, foresight, new Date(nowOf(message)).toISOString()));
}

const howParked = (message: DeadLetter, { reason }: Look): string =>
  reason === undefined
    ? 'moved here by SQS itself, after attempts that crashed'
    : `parked ${time(new Date(message.sentAt).toISOString())} (${duration((nowOf(message) - message.sentAt) / 1000)} ago): ${reason}`;
