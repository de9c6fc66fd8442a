import { z } from 'zod';
import { resolveRejection } from '../../../lib/quarantine/rejected-delivery.ts';
import { isoTime } from '../../../lib/runtime/time.ts';
import { CommandError, said } from '../../cli/command-line.ts';
import { formatTime, plural } from '../../cli/output.ts';
import { bridgeCommand } from '../command.ts';
import { type ListOptions, takesOneId } from '../lists.ts';
import { findRejected, openQuarantine } from '../quarantine/quarantine.ts';
import { flag, number, text } from '../result-fields.ts';

interface DismissOptions extends ListOptions {
  readonly reason: string;
}

const Dismissed = z.object({
  id: text('the id of the rejected webhook'),
  webhook: text('such as stock-hub/v1/rma'),
  deliveries: number('how often it came'),
  by: text('who dismissed it'),
  dismissed: flag('false with --dry-run'),
});

export const rejectedDismissCommand = bridgeCommand<DismissOptions, typeof Dismissed>({
  name: 'dismiss',
  summary: 'give up a rejected webhook for good',
  description: `Takes a rejected webhook off the list, with who dismissed it, when and why. It counts no more as one
    whose sender soon stops retrying, also when it comes again. Its body is kept for 30 days, and can still be
    replayed by its full id.`,
  exit1: 'there is no such webhook, or it is resolved already',
  examples: ['npx bridge rejected dismiss 1f0c77a2 --reason "a test of Winkelstraat" --stage prod'],
  result: Dismissed,
  parameters: (command) =>
    command
      .argument('<id>', 'the id of a rejected webhook, or its first characters')
      .requiredOption('--reason <text>', 'why, for those who look at it later', said),
  by: 'who dismisses it',
  dryRun: 'print what would be dismissed, and change nothing',
  check: takesOneId,
  async run({ bridge, options, isPreview }, typed: string) {
    const quarantine = await openQuarantine(bridge);
    const { id, webhook, deliveries, resolution } = await findRejected(typed, quarantine);
    if (resolution) {
      throw new CommandError(
        `${id} was ${resolution.as} at ${formatTime(resolution.at)}: nothing is left to do.`,
      );
    }
    const [at, by, { reason }] = [isoTime(bridge.now()), await bridge.caller(), options];
    if (!isPreview) await resolveRejection(id, { as: 'dismissed', at, by, reason }, quarantine.items);
    return { result: { id, webhook, deliveries, by, dismissed: !isPreview } };
  },
  format: ({ id, webhook, deliveries, by, dismissed }) => [
    `${webhook}  ${id}, which came ${deliveries === 1 ? 'once' : plural(deliveries, 'time')}`,
    dismissed ? `Dismissed, by ${by}.` : 'It would be dismissed. Nothing was changed.',
  ],
});
