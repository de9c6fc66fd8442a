import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { Stage } from '../../settings/stage.ts';
import type { MailTopic } from '../mail-topic.ts';
import type { WatchedParts } from '../saved-queries.ts';
import { addAlarm } from './alarm.ts';
import { scheduleAlarms, throttleAlarm } from './function-alarms.ts';
import { igfAlarms } from './igf-alarms.ts';
import { deadLetterAlarms, waitingAlarms, workerAlarms, workerQueues } from './queue-alarms.ts';
import { watchedParts } from './watched.ts';
import { webhookAlarms } from './webhook-alarms.ts';

export interface BridgeAlarmsProps extends WatchedParts {
  readonly stage: Stage;
  readonly topic: MailTopic;
}

/** Every alarm of the stack. What heals itself within an hour does not ring, unless webhooks are being lost. */
export class BridgeAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { stage, topic, ...parts }: BridgeAlarmsProps) {
    super(scope, id);
    const watched = watchedParts(this, stage, parts);
    const queues = workerQueues(parts);
    const definitions = [
      ...webhookAlarms(watched),
      // The worker of the quarantine has one alarm of its own, by what waits.
      ...queues
        .filter(({ worker }) => worker !== parts.quarantine.worker)
        .flatMap((queue) => workerAlarms(watched, queue)),
      ...queues.flatMap((queue) => deadLetterAlarms(watched, queue)),
      ...waitingAlarms(watched),
      ...igfAlarms(watched),
      ...scheduleAlarms(watched),
      throttleAlarm(),
    ];
    const action = topic.alarmAction();
    this.all = definitions.map((definition) => addAlarm(this, definition, action));
  }
}
