import { z } from 'zod';
import type { RejectedDelivery } from '../../../lib/quarantine/rejected-delivery.ts';
import { faultsOf, firstFaults, judgeToday } from './quarantine.ts';

/** A rejected delivery, as commands answer it. */
export const Rejected = z.object({
  id: z.string().meta({ description: 'the event id that it has when it is accepted' }),
  webhook: z.string().meta({ description: 'such as stock-hub/v1/rma' }),
  deliveries: z.number().meta({ description: 'how often it came' }),
  firstSeen: z.string().meta({ description: 'when it first came' }),
  lastSeen: z.string().meta({ description: 'when it last came' }),
  senderGivesUpAt: z.string().meta({ description: 'until when its sender repeats it' }),
  acceptedInPart: z
    .boolean()
    .meta({ description: 'it was accepted without an item that could not be read, and is not repeated' }),
  version: z.string().nullable().meta({ description: 'its header x-version' }),
  errors: z.array(z.string()).meta({ description: 'why it was refused' }),
  today: z
    .object({
      verdict: z
        .enum(['accepted', 'passes', 'fails'])
        .meta({ description: "by today's schema; accepted: the same delivery was also accepted" }),
      errors: z.array(z.string()).meta({ description: 'why it still fails' }),
      version: z
        .string()
        .nullable()
        .meta({ description: 'the version that rejected replay needs, as it came without one' }),
    })
    .meta({ description: 'what a replay would do' }),
});
export type Rejected = z.infer<typeof Rejected>;

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
