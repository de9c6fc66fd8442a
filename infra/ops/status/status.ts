import { z } from 'zod';
import {
  flag,
  list,
  maybe,
  maybeList,
  maybeNumber,
  maybePart,
  number,
  oneOfThese,
  text,
} from '../result-fields.ts';

const kinds = [
  'igf',
  'retries',
  'parked',
  'rejected',
  'attention',
  'subscriptions',
  'reconciler',
  'alarm',
  'unreadable',
] as const;

const problem = {
  kind: oneOfThese(kinds, 'unreadable: a part of the bridge could not be looked at'),
  since: maybe('since when; null: not known'),
  text: text('what is wrong'),
  command: maybe('what to type next'),
};

/** How a bridge is. A part that could not be read is null, and a problem says why. */
export const Status = z.object({
  ok: flag('whether there are no problems'),
  at: text("when it was looked at, on the bridge's clock"),
  stage: text('the stage; local: the bridge on this machine'),
  mode: oneOfThese(['live', 'observe'], 'observe: nothing is called at ItGoesForward'),
  problems: list(problem, 'what does not mend itself, or not within an hour'),
  igf: maybePart(
    {
      state: oneOfThese(
        ['up', 'down', 'refuses'],
        'its answer just now. refuses: it does not accept the api-key',
      ),
      since: maybe('when the oldest message came that waits because of it'),
      reason: maybe('its answer, when it is not up'),
      subscribed: maybeNumber('how many of its 8 events it sends to the bridge'),
    },
    'ItGoesForward; null with mode=observe',
  ),
  retries: maybePart(
    {
      count: number('how many messages wait for another attempt'),
      oldest: maybe('when the oldest of them was put on its queue'),
      nextAttemptAt: maybe('the next attempt at one of them'),
      reasons: list(
        { reason: text('why they failed'), count: number('how many') },
        'the most frequent first',
      ),
    },
    'messages that are retried',
  ),
  queues: maybeList(
    {
      name: text('its sender, or quarantine'),
      waiting: number('messages in the queue, those that are retried included'),
      parked: number('messages in its DLQ'),
    },
    'the queues, as SQS counts them approximately',
  ),
  parked: maybePart(
    { count: number('deliveries in the table that are parked'), oldest: maybe('when the first was') },
    'parked deliveries',
  ),
  rejected: maybePart(
    {
      count: number('webhooks that were rejected and wait for somebody'),
      oldest: maybe('when the first came'),
      deadline: maybe('when the sender of the next one stops retrying'),
    },
    'rejected webhooks',
  ),
  attention: maybeList(
    {
      kind: text('the task, such as refund-due'),
      count: number('returns'),
      since: text('the longest waiting'),
      amount: maybeNumber('the sum that is to be paid'),
    },
    'what returns wait for a person to do, by kind',
  ),
  reconciler: maybePart(
    {
      at: text('when its last run ended'),
      reviewed: number('returns that it polled ItGoesForward about'),
      repaired: number('returns whose webhook was missing'),
      failed: number('returns that it could not poll'),
      stopped: maybe('why it ended early'),
    },
    'the last run of the reconciler; null: none yet',
  ),
  alarms: maybeList(
    {
      name: text('without the name of the stack'),
      state: text('OK, ALARM or INSUFFICIENT_DATA'),
      since: maybe('when it took this state'),
      text: text('what it means, and what to type'),
    },
    'the alarms of the stack',
  ),
});
export type Status = z.infer<typeof Status>;
export type Problem = Status['problems'][number];
