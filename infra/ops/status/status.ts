import { z } from 'zod';
import * as field from '../result-fields.ts';

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
  kind: field.oneOfThese(kinds, 'unreadable: a part of the bridge could not be looked at'),
  since: field.maybe('since when; null: not known'),
  text: field.text('what is wrong'),
  command: field.maybe('what to type next'),
};

/** How a bridge is. A part that could not be read is null, and a problem says why. */
export const Status = z.object({
  ok: field.flag('whether there are no problems'),
  at: field.text("when it was looked at, on the bridge's clock"),
  stage: field.text('the stage; local: the bridge on this machine'),
  mode: field.oneOfThese(['live', 'observe'], 'observe: nothing is called at ItGoesForward'),
  problems: field.list(problem, 'what does not mend itself, or not within an hour'),
  igf: field.maybePart(
    {
      state: field.oneOfThese(
        ['up', 'down', 'refuses'],
        'its answer just now. refuses: it does not accept the api-key',
      ),
      since: field.maybe('when the oldest message came that waits because of it'),
      reason: field.maybe('its answer, when it is not up'),
      subscribed: field.maybeNumber('how many of its 8 events it sends to the bridge'),
    },
    'ItGoesForward; null with mode=observe',
  ),
  retries: field.maybePart(
    {
      count: field.number('how many messages wait for another attempt'),
      oldest: field.maybe('when the oldest of them was put on its queue'),
      nextAttemptAt: field.maybe('the next attempt at one of them'),
      reasons: field.list(
        { reason: field.text('why they failed'), count: field.number('how many') },
        'the most frequent first',
      ),
    },
    'messages that are retried',
  ),
  queues: field.maybeList(
    {
      name: field.text('its sender, or quarantine'),
      waiting: field.number('messages in the queue, those that are retried included'),
      parked: field.number('messages in its DLQ'),
    },
    'the queues, as SQS counts them approximately',
  ),
  parked: field.maybePart(
    {
      count: field.number('deliveries in the table that are parked'),
      oldest: field.maybe('when the first was'),
    },
    'parked deliveries',
  ),
  rejected: field.maybePart(
    {
      count: field.number('webhooks that were rejected and wait for somebody'),
      oldest: field.maybe('when the first came'),
      deadline: field.maybe('when the sender of the next one stops retrying'),
    },
    'rejected webhooks',
  ),
  attention: field.maybeList(
    {
      kind: field.text('the task, such as refund-due'),
      count: field.number('returns'),
      since: field.text('the longest waiting'),
      amount: field.maybeNumber('the sum that is to be paid'),
    },
    'what returns wait for a person to do, by kind',
  ),
  reconciler: field.maybePart(
    {
      at: field.text('when its last run ended'),
      reviewed: field.number('returns that it polled ItGoesForward about'),
      repaired: field.number('returns whose webhook was missing'),
      failed: field.number('returns that it could not poll'),
      stopped: field.maybe('why it ended early'),
    },
    'the last run of the reconciler; null: none yet',
  ),
  alarms: field.maybeList(
    {
      name: field.text('without the name of the stack'),
      state: field.text('OK, ALARM or INSUFFICIENT_DATA'),
      since: field.maybe('when it took this state'),
      text: field.text('what it means, and what to type'),
    },
    'the alarms of the stack',
  ),
});
export type Status = z.infer<typeof Status>;
export type Problem = Status['problems'][number];
