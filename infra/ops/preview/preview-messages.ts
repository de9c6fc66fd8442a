import { duration, formatTime, indent } from '../../cli/output.ts';
import type { OpenBridge } from '../aws/open-bridge.ts';
import type { DeadLetterQueue } from '../dlq/dead-letter-queue.ts';
import { type DeadLetterInfo, inspectMessage, isSelected, type Selection } from '../dlq/inspect.ts';
import { type DeadLetter, type ScanOptions, scanQueue } from '../dlq/scan.ts';
import { previewBody } from './format-preview.ts';
import { withPreviews } from './preview-message.ts';

export interface PreviewQueueOptions extends ScanOptions {
  readonly selection: Selection;
  /** How many characters of an id are shown. */
  readonly idLength: number;
  print(line: string): void;
}

/**
 * Previews each selected message of a DLQ, as if only this message was redriven now. Every message stays in
 * the DLQ.
 * @returns how many events were previewed, and how many messages SQS counts that the scan did not receive
 */
export async function previewMessages(
  bridge: OpenBridge,
  queue: DeadLetterQueue,
  { selection, idLength, print, ...options }: PreviewQueueOptions,
): Promise<{ previewed: number; unseen: number }> {
  const ids = new Set<string>();
  return withPreviews(bridge, async (preview) => {
    const { unseen } = await scanQueue(
      bridge.sqs,
      queue,
      async (message) => {
        const info = inspectMessage(message, queue.sender);
        if (!isSelected(selection, info) || ids.has(info.id)) return 'keep';
        ids.add(info.id);
        const lines = await previewBody(message.body, queue.sender, nowFor(message), preview);
        const { id, webhook = 'unreadable' } = info;
        print(`${webhook}  ${id.slice(0, idLength)}  ${formatParking(message, info)}`);
        for (const line of indent(lines)) print(line);
        return 'keep';
      },
      options,
    );
    return { previewed: ids.size, unseen };
  });
}

/** The later of this machine's clock and SQS's: the clock of the local runtime may be ahead. */
const nowFor = ({ firstReceivedAt }: DeadLetter): number => Math.max(Date.now(), firstReceivedAt || 0);

function formatParking(message: DeadLetter, { reason }: DeadLetterInfo): string {
  if (reason === undefined) return 'moved here by SQS itself, after attempts that crashed';
  const age = duration((nowFor(message) - message.sentAt) / 1000);
  return `parked ${formatTime(new Date(message.sentAt).toISOString())} (${age} ago): ${reason}`;
}
