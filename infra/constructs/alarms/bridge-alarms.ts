import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { quarantineWatchMinutes, shortOfTimeSeconds } from '../../../lib/config/timing.ts';
import { npxBridge } from '../../../lib/returns/npx-bridge.ts';
import type { Stage } from '../../settings/stage.ts';
import type { MailTopic } from '../mail-topic.ts';
import type { WatchedParts } from '../saved-queries.ts';
import { addAlarm, logsOf } from './alarm.ts';
import { scheduleAlarms, throttleAlarm } from './function-alarms.ts';
import { igfAlarms } from './igf-alarms.ts';
import { deadLetterAlarms, waitingAlarms, workerAlarms, workerQueues } from './queue-alarms.ts';
import { webhookAlarms } from './webhook-alarms.ts';

export interface BridgeAlarmsProps extends WatchedParts {
  readonly stage: Stage;
  readonly topic: MailTopic;
}

/** Every alarm of the stack. What heals itself within an hour does not ring, unless webhooks are being lost. */
export class BridgeAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, props: BridgeAlarmsProps) {
    super(scope, id);
    const { stage, api, quarantine, reconciler } = props;
    const queues = workerQueues(props);
    const watchEvery = Duration.minutes(quarantineWatchMinutes);
    const reconcileEvery = Duration.minutes(stage.settings.reconcileMinutes);
    const definitions = [
      ...webhookAlarms(this, {
        ...api.metrics,
        noWebhookHours: stage.settings.noWebhookHours,
        stage: stage.name,
      }),
      // The worker of the quarantine has one alarm of its own, by what waits.
      ...queues
        .filter(({ worker }) => worker !== quarantine.worker)
        .flatMap((queue) => workerAlarms(queue, stage.name)),
      ...queues.flatMap((queue) => deadLetterAlarms(queue, stage.name)),
      ...waitingAlarms(
        this,
        quarantine.queue.parts.queue,
        queues.map(({ deadLetters }) => deadLetters),
        { watchEvery, shortOfTimeHours: shortOfTimeSeconds / 3600, stage: stage.name },
      ),
      ...igfAlarms(this, stage.name, reconcileEvery),
      ...scheduleAlarms({
        name: 'reconciler',
        lambda: reconciler.lambda,
        every: reconcileEvery,
        logs: logsOf(stage.name, 'reconciler'),
        meaning:
          'Events that ItGoesForward did not deliver are not noticed, and pending notices are not sent. ' +
          'No article is lost, but refunds and warnings are late. ' +
          `To see its last run, type: ${npxBridge(stage.name, 'status')}.`,
      }),
      ...scheduleAlarms({
        name: 'watch',
        lambda: quarantine.watch,
        every: watchEvery,
        logs: logsOf(stage.name, 'quarantine/watch'),
        meaning:
          'No alarm rings before Winkelstraat stops repeating a rejected webhook. ' +
          `The first may be lost ${shortOfTimeSeconds / 3600 - 1} hours from now, and the bridge keeps each for 30 days. ` +
          `Meanwhile type: ${npxBridge(stage.name, 'rejected')}.`,
      }),
      throttleAlarm(),
    ];
    const action = props.topic.alarmAction();
    this.all = definitions.map((definition) => addAlarm(this, definition, action));
  }
}
