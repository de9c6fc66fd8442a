import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { deliveryMessage } from '../../../lib/ingest/delivery.ts';
import { type RejectedDelivery, resolveRejection } from '../../../lib/quarantine/rejected-delivery.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { UsageError } from '../../cli/command-line.ts';
import { indent } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { previewBody } from '../preview/format-preview.ts';
import { type PreviewMessage, withPreviews } from '../preview/preview-message.ts';
import {
  faultLine,
  findRejected,
  type OpenQuarantine,
  openQuarantine,
  readToday,
} from '../quarantine/quarantine.ts';

interface ReplayOptions {
  readonly all?: true;
  readonly xVersion?: string;
}

export const rejectedReplayCommand = bridgeCommand<ReplayOptions>({
  name: 'replay',
  summary: 'validate rejected webhooks again, and queue the valid ones',
  description: `Validates rejected webhooks by today's schema. A valid one is put on its sender's queue under
    its own event id, and leaves the list. The others stay. Deploy the corrected schema first, because the
    worker reads by the deployed one. A replayed webhook keeps its original timestamp, so it never overwrites
    newer data. Replaying twice changes nothing.`,
  exit1: 'something still fails',
  examples: ['npx bridge rejected replay --all --dry-run', 'npx bridge rejected replay 1f0c77a2 8be1'],
  parameters: (command) =>
    command
      .argument('[id...]', 'ids of rejected webhooks, or their first characters')
      .option('--all', 'every rejected webhook, instead of ids')
      .option('--x-version <version>', 'the version of webhooks that came without the header x-version'),
  dryRun: 'print which are valid and what the worker would do, and change nothing',
  check({ all = false }, ids: string[]) {
    if (all === ids.length > 0) {
      throw new UsageError('rejected replay needs ids, or --all. The command rejected lists the ids.');
    }
  },
  async run(context, ids: string[]) {
    const { bridge, options, isPreview, print } = context;
    const quarantine = await openQuarantine(bridge);
    const deliveries = await selectDeliveries(options.all ? 'all' : ids, quarantine);
    if (deliveries.length === 0) return print('No rejected webhooks.');
    const passed = isPreview
      ? await withPreviews(bridge, (preview) => replayEach(deliveries, quarantine, context, preview))
      : await replayEach(deliveries, quarantine, context);
    const failed = deliveries.length - passed;
    print(
      isPreview
        ? `${passed} would be replayed, ${failed} still failing. Nothing was changed.`
        : `${passed} replayed, ${failed} still failing.`,
    );
    return failed > 0 ? 1 : 0;
  },
});

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

/** @param preview only in a preview. @returns how many pass */
async function replayEach(
  deliveries: readonly RejectedDelivery[],
  { items, waiting }: OpenQuarantine,
  { bridge, options, print }: BridgeRun<ReplayOptions>,
  preview?: PreviewMessage,
): Promise<number> {
  const length = shortLength([...waiting, ...deliveries].map(({ id }) => id));
  let passed = 0;
  for (const [index, delivery] of deliveries.entries()) {
    const { id, correlationId, firstSeen } = delivery;
    const label = `${index + 1}/${deliveries.length}  ${id.slice(0, length)}  ${delivery.webhook}`;
    const version = delivery.version.trim() || (options.xVersion ?? '');
    const today = readToday({ ...delivery, version });
    if ('errors' in today) {
      print(`${label}  still fails: ${faultLine(today.errors, 100)}`);
      continue;
    }
    passed += 1;
    const { payload, webhook, sender } = today;
    // Its facts keep their original time, so that a newer fact that came meanwhile stays the newer one.
    const original = { id, payload, version, correlationId, now: Date.parse(firstSeen) };
    const { body, groupId } = deliveryMessage(webhook, original);
    if (preview) {
      print(`${label}  would pass`, ...indent(await previewBody(body, sender, bridge.now(), preview)));
      continue;
    }
    const QueueUrl = bridge.queueUrl(sender.name);
    await bridge.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: groupId }));
    // The queue comes first. After a crash in between, a second replay sends the event again, and it is applied once.
    await resolveRejection(id, { as: 'replayed', at: isoTime(bridge.now()) }, items);
    print(`${label}  replayed`);
  }
  return passed;
}
