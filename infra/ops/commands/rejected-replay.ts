import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Command } from 'commander';
import { deliveryMessage } from '../../../lib/ingest/delivery.ts';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { resolveRejection } from '../../../lib/quarantine/store-rejection.ts';
import type { Fault } from '../../../lib/webhooks/json-limits.ts';
import { addExamples, type Terminal, UsageError } from '../../cli/command-line.ts';
import { indent } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { type OpenBridge, withBridge } from '../aws/open-bridge.ts';
import type { PlaceOptions } from '../aws/place.ts';
import { previewBody } from '../preview/format-preview.ts';
import { type PreviewMessage, withPreviews } from '../preview/preview-message.ts';
import {
  faultLine,
  findRejected,
  type OpenQuarantine,
  openQuarantine,
  readToday,
} from '../quarantine/quarantine.ts';

const calls = 'dynamodb:GetItem, PutItem and Query (table and index tasks), sqs:SendMessage';

interface ReplayOptions extends PlaceOptions {
  readonly all?: true;
  readonly preview?: true;
  readonly dryRun?: true;
  readonly xVersion?: string;
}

/** Validates rejected webhooks by today's schema, and queues those that pass. */
export function addRejectedReplay(rejected: Command, terminal: Terminal): void {
  const command = rejected
    .command('replay')
    .argument('[id...]', 'ids of rejected webhooks, or their first characters')
    .summary('validate rejected webhooks again, and queue the valid ones')
    .description(
      `Validates rejected webhooks by today's schema. A valid one is put on its sender's queue under its own event id, and leaves the list. The others stay. Deploy the corrected schema first, because the worker reads
by the deployed one. A replayed webhook keeps its original timestamp, so it never overwrites newer data.
Replaying twice changes nothing.
Exit code 1: something still fails.`,
    )
    .option('--all', 'every rejected webhook, instead of ids')
    .option('--preview', 'print which are valid and what the worker would do, and change nothing')
    .option('--dry-run', 'the same as --preview')
    .option('--x-version <version>', 'the version of webhooks that came without the header x-version');
  addExamples(
    command,
    'npx bridge rejected replay --all --preview',
    'npx bridge rejected replay 1f0c77a2 8be1',
  ).action(async (ids: string[]) => {
    const options: ReplayOptions = command.optsWithGlobals();
    if ((options.all === true) === ids.length > 0) {
      throw new UsageError('rejected replay needs ids, or --all (npx bridge rejected lists the ids).');
    }
    const { passed, failed } = await withBridge(options, calls, async (bridge) => {
      const quarantine = await openQuarantine(bridge);
      const deliveries = await selectDeliveries(options.all ? 'all' : ids, quarantine);
      const context = { bridge, quarantine, options, print: terminal.print };
      return isPreview(options)
        ? withPreviews(bridge, (preview) => replayEach(deliveries, { ...context, preview }))
        : replayEach(deliveries, context);
    });
    const done = isPreview(options) ? 'would be replayed. Nothing was changed' : 'replayed';
    terminal.print(
      passed + failed === 0 ? 'No rejected webhooks.' : `${passed} ${done}, ${failed} still failing.`,
    );
    if (failed > 0) terminal.exitCode = 1;
  });
}

const isPreview = ({ preview, dryRun }: ReplayOptions): boolean => preview === true || dryRun === true;

/** The deliveries to replay, as the table has them now, each once, the oldest first. */
async function selectDeliveries(
  wanted: readonly string[] | 'all',
  quarantine: OpenQuarantine,
): Promise<RejectedDelivery[]> {
  const ids = wanted === 'all' ? quarantine.waiting.map(({ id }) => id) : wanted;
  const found = new Map<string, RejectedDelivery>();
  for (const id of ids) {
    const delivery = await findRejected(id, quarantine);
    // The index may still list a delivery that was resolved a moment ago. A named one is replayed all the same.
    if (wanted !== 'all' || !delivery.resolution) found.set(delivery.id, delivery);
  }
  return [...found.values()].sort((one, other) => (one.firstSeen < other.firstSeen ? -1 : 1));
}

interface ReplayContext {
  bridge: OpenBridge;
  quarantine: OpenQuarantine;
  options: ReplayOptions;
  /** Only in a preview. */
  preview?: PreviewMessage;
  print(line: string): void;
}

async function replayEach(
  deliveries: readonly RejectedDelivery[],
  context: ReplayContext,
): Promise<{ passed: number; failed: number }> {
  const { print, quarantine } = context;
  const length = shortLength([...quarantine.waiting, ...deliveries].map(({ id }) => id));
  let passed = 0;
  for (const [index, delivery] of deliveries.entries()) {
    const label = `${index + 1}/${deliveries.length}  ${delivery.id.slice(0, length)}  ${delivery.webhook}`;
    const errors = await replayOne(delivery, label, context);
    if (errors) print(`${label}  still fails: ${faultLine(errors, 100)}`);
    else passed += 1;
  }
  return { passed, failed: deliveries.length - passed };
}

/** @returns its faults by today's schema, if it has any */
async function replayOne(
  delivery: RejectedDelivery,
  label: string,
  { bridge, quarantine, options, preview, print }: ReplayContext,
): Promise<readonly Fault[] | undefined> {
  const version = delivery.version.trim() || (options.xVersion ?? '');
  const result = readToday({ ...delivery, version });
  if ('errors' in result) return result.errors;

  const now = Date.now();
  const { payload, webhook, sender } = result;
  const { id, correlationId, firstSeen } = delivery;
  // Its facts keep their original time, so that a newer fact that came meanwhile stays the newer one.
  const timed = { version, correlationId, now: Date.parse(firstSeen) };
  const message = deliveryMessage(webhook, { id, payload, ...timed });
  if (preview) {
    print(`${label}  would pass`);
    for (const line of indent(await previewBody(message.body, sender, now, preview))) print(line);
    return undefined;
  }
  await bridge.sqs.send(
    new SendMessageCommand({
      QueueUrl: bridge.queueUrl(sender.name),
      MessageBody: message.body,
      MessageGroupId: message.groupId,
    }),
  );
  // The queue comes first. After a crash in between, a second replay sends the event again, and it is applied once.
  await resolveRejection(id, { as: 'replayed', at: new Date(now).toISOString() }, quarantine.items);
  print(`${label}  replayed`);
  return undefined;
}
