import { z } from 'zod';

const time = (description: string) => z.string().nullable().meta({ description });
const count = (description: string) => z.number().meta({ description });

/** What a person must do something about. */
const Problem = z.object({
  kind: z
    .enum([
      'igf',
      'retries',
      'parked',
      'rejected',
      'attention',
      'subscriptions',
      'reconciler',
      'alarm',
      'unreadable',
    ])
    .meta({ description: 'unreadable: a part of the bridge could not be looked at' }),
  since: time('since when; null: not known'),
  text: z.string().meta({ description: 'what is wrong' }),
  command: z.string().nullable().meta({ description: 'what to type next' }),
});
export type Problem = z.infer<typeof Problem>;

/** How a bridge is. A part that could not be read is null, and a problem says why. */
export const Status = z.object({
  ok: z.boolean().meta({ description: 'whether there are no problems' }),
  at: z.string().meta({ description: "when it was looked at, on the bridge's clock" }),
  stage: z.string().meta({ description: 'the stage; local: the bridge on this machine' }),
  mode: z.enum(['live', 'observe']).meta({ description: 'observe: nothing is called at ItGoesForward' }),
  problems: z.array(Problem).meta({ description: 'what does not mend itself, or not within an hour' }),
  igf: z
    .object({
      state: z
        .enum(['up', 'down', 'refuses'])
        .meta({ description: 'what it answered just now. refuses: it does not accept the api-key' }),
      since: time('when the oldest message came that waits because of it'),
      reason: z.string().nullable().meta({ description: 'its answer, when it is not up' }),
      subscribed: z
        .number()
        .nullable()
        .meta({ description: 'how many of its events it sends to the bridge, of 8' }),
    })
    .nullable()
    .meta({ description: 'ItGoesForward; null with mode=observe' }),
  retries: z
    .object({
      count: count('how many messages wait for another attempt'),
      oldest: time('when the oldest of them was put on its queue'),
      nextAttemptAt: time('the next attempt at one of them'),
      reasons: z
        .array(
          z.object({ reason: z.string().meta({ description: 'why they failed' }), count: count('how many') }),
        )
        .meta({ description: 'the most frequent first' }),
    })
    .nullable()
    .meta({ description: 'messages that are retried' }),
  queues: z
    .array(
      z.object({
        name: z.string().meta({ description: 'its sender, or quarantine' }),
        waiting: count('messages in the queue, those that are retried included'),
        parked: count('messages in its DLQ'),
      }),
    )
    .nullable()
    .meta({ description: 'the queues, as SQS counts them approximately' }),
  parked: z
    .object({ count: count('deliveries in the table that are parked'), oldest: time('when the first was') })
    .nullable()
    .meta({ description: 'parked deliveries' }),
  rejected: z
    .object({
      count: count('webhooks that were rejected and wait for somebody'),
      oldest: time('when the first came'),
      deadline: time('when the sender of the next one stops retrying'),
    })
    .nullable()
    .meta({ description: 'rejected webhooks' }),
  attention: z
    .array(
      z.object({
        kind: z.string().meta({ description: 'the task, such as refund-due' }),
        count: count('returns'),
        since: z.string().meta({ description: 'the longest waiting' }),
        amount: z.number().nullable().meta({ description: 'the sum that is to be paid' }),
      }),
    )
    .nullable()
    .meta({ description: 'what returns wait for a person to do, by kind' }),
  reconciler: z
    .object({
      at: z.string().meta({ description: 'when its last run ended' }),
      reviewed: count('returns that it polled ItGoesForward about'),
      repaired: count('returns whose webhook was missing'),
      failed: count('returns that it could not poll'),
      stopped: z.string().nullable().meta({ description: 'why it ended early' }),
    })
    .nullable()
    .meta({ description: 'the last run of the reconciler; null: none yet' }),
  alarms: z
    .array(
      z.object({
        name: z.string().meta({ description: 'without the name of the stack' }),
        state: z.string().meta({ description: 'OK, ALARM or INSUFFICIENT_DATA' }),
        since: time('when it took this state'),
        text: z.string().meta({ description: 'what it means, and what to type' }),
      }),
    )
    .nullable()
    .meta({ description: 'the alarms of the stack' }),
});
export type Status = z.infer<typeof Status>;
