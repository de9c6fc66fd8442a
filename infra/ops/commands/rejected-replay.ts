import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { deliveryMessage } from '../../../lib/ingest/delivery.ts';
import { type RejectedDelivery, resolveRejection } from '../../../lib/quarantine/rejected-delivery.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { UsageError } from '../../cli/command-line.ts';
import { indent } from '../../cli/output.ts';
import { shortLength } from '../../cli/short-ids.ts';
import { type BridgeRun, bridgeCommand } from '../command.ts';
import { type ListOptions, selecting } from '../lists.ts';
import { previewBody } from '../preview/format-preview.ts';
import { type PreviewMessage, withPreviews } from '../preview/preview-message.ts';
import {
  faultsOf,
  findRejected,
  firstFaults,
  type OpenQuarantine,
  openQuarantine,
  readToday,
} from '../quarantine/quarantine.ts';
import { flag, list, text, texts } from '../result-fields.ts';

interface ReplayOptions extends ListOptions {
  readonly xVersion?: string;
}

const Replayed = z.object({
  deliveries: list(
    {
      id: text('the id of the rejected webhook'),
      webhook: text('such as stock-hub/v1/rma'),
      passes: flag("whether it passes today's schema"),
      errors: texts('why it still fails'),
      steps: texts('with --dry-run: what the worker would do, line by line'),
    },
    'the oldest first',
  ),
  replayed: flag('whether those that pass were queued; false with --dry-run'),
});
type Replayed = z.infer<typeof Replayed>;

export const rejectedReplayCommand = bridgeCommand<ReplayOptions, typeof Replayed>({
  name: 'replay',
  summary: 'validate rejected webhooks again, and queue the valid ones',
  description: `Validates rejected webhooks by today's schema. A valid one is put on its sender's queue under
    its own event id, and leaves the list. The others stay. Deploy the corrected schema first, because the
    worker reads by the deployed one. A replayed webhook keeps its original timestamp, so it never overwrites
    newer data. Replaying twice changes nothing. --all takes all of them, or those that --webhook and --since select.`,
  exit1: 'something still fails',
  examples: ['npx bridge rejected replay --all --dry-run', 'npx bridge rejected replay 1f0c77a2 8be1'],
  result: Replayed,
  parameters: (command) =>
    command
      .argument('[id...]', 'ids of rejected webhooks, or their first characters')
      .option('--x-version <version>', 'the version of webhooks that came without the header x-version'),
  by: 'who replays them',
  dryRun: 'print which are valid and what the worker would do, and change nothing',
  check({ all = false, webhook, since }, ids: string[]) {
    if (!all && (webhook !== undefined || since)) throw new UsageError('--webhook and --since need --all.');
    if (all === ids.length > 0) {
      throw new UsageError('rejected replay needs ids, or --all. The command rejected lists the ids.');
    }
  },
  async run(context, ids: string[]) {
    const { bridge, options, isPreview } = context;
    const quarantine = await openQuarantine(bridge);
    const selected = await selectDeliveries(options.all ? 'all' : ids, quarantine);
    const isChosen = selecting(options, bridge.now());
    const chosen = selected.filter(({ webhook, lastSeen }) => isChosen(webhook, lastSeen));
    const deliveries =
      isPreview && chosen.length > 0
        ? await withPreviews(bridge, (preview) => replayEach(chosen, quarantine, context, preview))
        : await replayEach(chosen, quarantine, context);
    return {
      result: { deliveries, replayed: !isPreview },
      exitCode: deliveries.some(({ passes }) => !passes) ? 1 : 0,
    };
  },
  format({ deliveries, replayed }) {
    if (deliveries.length === 0) return ['No rejected webhooks.'];
    const length = shortLength(deliveries.map(({ id }) => id));
    const passed = deliveries.filter(({ passes }) => passes).length;
    const failed = deliveries.length - passed;
    return [
      ...deliveries.flatMap(({ id, webhook, passes, errors, steps }, at) => {
        const label = `${at + 1}/${deliveries.length}  ${id.slice(0, length)}  ${webhook}`;
        if (!passes) return [`${label}  still fails: ${firstFaults(errors, 100)}`];
        return [`${label}  ${replayed ? 'replayed' : 'would pass'}`, ...indent(steps)];
      }),
      replayed
        ? `${passed} replayed, ${failed} still failing.`
        : `${passed} would be replayed, ${failed} still failing. Nothing was changed.`,
    ];
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

/** @param preview only in a preview */
async function replayEach(
  deliveries: readonly RejectedDelivery[],
  { items }: OpenQuarantine,
  { bridge, options }: BridgeRun<ReplayOptions>,
  preview?: PreviewMessage,
): Promise<Replayed['deliveries']> {
  const results: Replayed['deliveries'] = [];
  const by = preview ? '' : await bridge.caller();
  for (const delivery of deliveries) {
    const { id, webhook: name, correlationId, firstSeen } = delivery;
    const version = delivery.version.trim() || (options.xVersion ?? '');
    const today = readToday({ ...delivery, version });
    if ('errors' in today) {
      const errors = faultsOf(today.errors, delivery);
      results.push({ id, webhook: name, passes: false, errors, steps: [] });
      continue;
    }
    const { payload, webhook, sender } = today;
    // Its facts keep their original time, so that a newer fact that came meanwhile stays the newer one.
    const original = { id, payload, version, correlationId, now: Date.parse(firstSeen) };
    const { body, groupId } = deliveryMessage(webhook, original);
    const steps = preview ? await previewBody(body, sender, preview) : [];
    results.push({ id, webhook: name, passes: true, errors: [], steps });
    if (preview) continue;
    const QueueUrl = bridge.queueUrl(sender.name);
    await bridge.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageGroupId: groupId }));
    // The queue comes first. After a crash in between, a second replay sends the event again, and it is applied once.
    await resolveRejection(id, { as: 'replayed', at: isoTime(bridge.now()), by }, items);
  }
  return results;
}
