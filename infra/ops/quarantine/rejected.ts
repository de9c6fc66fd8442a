import { z } from 'zod';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { flag, maybe, number, oneOfThese, text, texts } from '../result-fields.ts';
import { faultsOf, firstFaults, judgeToday } from './quarantine.ts';

/** A rejected delivery, as commands answer it. */
export const Rejected = z.object({
  id: text('the event id that it has when it is accepted'),
  webhook: text('such as stock-hub/v1/rma'),
  deliveries: number('how often it came'),
  firstSeen: text('when it first came'),
  lastSeen: text('when it last came'),
  senderGivesUpAt: text('until when its sender repeats it'),
  acceptedInPart: flag('it was accepted without an item that could not be read, and is not repeated'),
  version: maybe('its header x-version'),
  errors: texts('why it was refused'),
  today: z
    .object({
      verdict: oneOfThese(
        ['accepted', 'passes', 'fails'],
        "by today's schema; accepted: the same delivery was also accepted",
      ),
      errors: texts('why it still fails'),
      version: maybe('the version that rejected replay needs, as it came without one'),
    })
    .meta({ description: 'what a replay would do' }),
});
export type Rejected = z.input<typeof Rejected>;

export const toRejected = (delivery: RejectedDelivery, accepted = false): Rejected => ({
  ...delivery,
  acceptedInPart: delivery.acceptedInPart ?? false,
  version: delivery.version.trim() || null,
  errors: faultsOf(delivery.errors, delivery),
  today: judgeToday(delivery, accepted),
});

export function formatToday({ errors, today }: Pick<Rejected, 'errors' | 'today'>): string {
  if (today.verdict === 'accepted') return 'it was also accepted: nothing is missing';
  if (today.verdict === 'passes') {
    return today.version === null ? 'passes' : `passes with --x-version ${today.version}`;
  }
  const isSame = errors.join() === today.errors.join();
  return isSame ? 'the same' : `still fails: ${firstFaults(today.errors)}`;
}
