import { type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { placeOf } from '../../../lib/returns/npx-bridge.ts';
import { stackNameOf } from '../../settings/stage.ts';
import {
  type AlarmDefinition,
  bridgeMetric,
  logsOf,
  lostAfter,
  orZero,
  sixHours,
  storeSecret,
  threeTimesInSixHours,
} from './alarm.ts';

export interface WebhookAlarmsProps {
  /** Answers 5xx of the API, and its answers 429, in five minutes each. */
  readonly serverErrors: IMetric;
  readonly throttled: IMetric;
  /** Hours without a webhook of Winkelstraat after which the alarm rings. With 0 there is no such alarm. */
  readonly noWebhookHours: number;
  readonly stage: string;
}

const everyHour = Duration.hours(1);
const ofAccessLog = (stage: string): string => `aws logs tail /aws/vendedlogs/${stackNameOf(stage)}/access`;

/** Webhooks that are not received. Winkelstraat repeats each for 24 hours, and IGF promises no repetition. */
export function webhookAlarms(
  scope: Construct,
  { serverErrors, throttled, noWebhookHours, stage }: WebhookAlarmsProps,
): AlarmDefinition[] {
  const at = placeOf(stage).join(' ');
  return [
    {
      name: 'wrong-key',
      metric: bridgeMetric(scope, 'wrong-key', 'Sum', sixHours),
      from: 3,
      text:
        'A sender shows a key that is not the one in its secret: Winkelstraat in x-api-key, or IGF at the end of its URLs. ' +
        `Its webhooks are answered 401, and nothing of them is kept. ${lostAfter(sixHours.toHours())} ` +
        `Which webhook it is stands in the log. Type: ${logsOf(stage, '<sender>/<webhook>')}. ` +
        `Ask Winkelstraat which key it uses, and store it. Type: ${storeSecret(stage, 'winkelstraat-key')}. ` +
        `For the URLs of IGF, type: npx bridge igf status ${at}.`,
    },
    {
      name: 'server-errors',
      metric: serverErrors,
      inPeriods: threeTimesInSixHours,
      text:
        'The API answers webhooks with 5xx, and nothing of them is kept. An ingest function crashes, runs out of time, ' +
        'cannot read its key or cannot reach SQS, or Lambda does not start it. ' +
        `${lostAfter(sixHours.toHours())} Read which it is in the access log. Type: ${ofAccessLog(stage)} --since 6h. ` +
        `Then read the function's log. Type: ${logsOf(stage, '<sender>/<webhook>')}. After a deploy, roll back.`,
    },
    {
      name: 'throttled-requests',
      metric: throttled,
      inPeriods: threeTimesInSixHours,
      text:
        'The API answers 429: more webhooks come at once than the setting throttling admits. ' +
        `${lostAfter(sixHours.toHours())} ` +
        `Raise throttling.rate and throttling.burst in cdk.json. Type: npx cdk deploy -c stage=${stage}.`,
    },
    {
      name: 'not-kept',
      metric: bridgeMetric(scope, 'not-kept', 'Sum', everyHour),
      isEvent: true,
      text:
        'A webhook is too large to be kept: its body has more than 360 KiB. ' +
        'The sender repeats it for 24 hours, then it is lost. The access log says which one the API itself refused (413): ' +
        `type: ${ofAccessLog(stage)} --since 1h. The log of a function says how large another one is. ` +
        `Type: ${logsOf(stage, 'winkelstraat/<webhook>')}. ` +
        'Ask the sender for a smaller one.',
    },
    {
      name: 'unknown-route',
      metric: bridgeMetric(scope, 'unknown-route', 'Sum', everyHour),
      isEvent: true,
      text:
        'Winkelstraat posts with the right key to a URL that no webhook has. It is answered 404, and nothing is kept. ' +
        'Winkelstraat repeats it for 24 hours, then it is lost. ' +
        `Type: ${logsOf(stage, 'winkelstraat/unknown-route')}. The step unknown-route says the path. ` +
        "Compare it with the stack's outputs, and send the right URL to Winkelstraat.",
    },
    ...noWebhooks(scope, noWebhookHours, stage),
  ];
}

const noWebhooks = (scope: Construct, hours: number, stage: string): AlarmDefinition[] =>
  hours === 0
    ? []
    : [
        {
          name: 'no-webhooks',
          metric: orZero(bridgeMetric(scope, 'webhooks-accepted', 'Sum', everyHour)),
          below: 1,
          inPeriods: { needed: hours, of: hours },
          missing: TreatMissingData.BREACHING,
          text:
            `No webhook of Winkelstraat was accepted for ${hours} hours. ` +
            'If Winkelstraat has tried to send some, the oldest is lost 24 hours after its first attempt: it may be lost now. ' +
            `Type: ${ofAccessLog(stage)} --since 1d. If nothing comes, ` +
            'ask Winkelstraat whether the webhooks are still switched on, and to which URLs. ' +
            'If so few are normal, raise the setting noWebhookHours.',
        },
      ];
