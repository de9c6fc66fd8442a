import { type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { stackNameOf } from '../../settings/stage.ts';
import {
  type AlarmDefinition,
  bridgeMetric,
  fiveMinutes,
  logsOf,
  orZero,
  sumsOver,
  threeTimesAnHour,
} from './alarm.ts';

export interface WebhookAlarmsProps {
  /** Answers 5xx of the API, and its answers 429, in five minutes each. */
  readonly serverErrors: IMetric;
  readonly throttled: IMetric;
  /** The functions that receive webhooks, by their sender's name. */
  readonly ingest: Readonly<Record<string, readonly LambdaFunction[]>>;
  /** Hours without a webhook of Winkelstraat after which the alarm rings. With 0 there is no such alarm. */
  readonly noWebhookHours: number;
  readonly stage: string;
}

const everyHour = Duration.hours(1);

/** Webhooks that are not received. Winkelstraat repeats each for 24 hours, and IGF promises no repetition. */
export function webhookAlarms(
  scope: Construct,
  { serverErrors, throttled, ingest, noWebhookHours, stage }: WebhookAlarmsProps,
): AlarmDefinition[] {
  const at = `--stage ${stage}`;
  return [
    {
      name: 'wrong-key',
      metric: bridgeMetric(scope, 'wrong-key', 'Sum', everyHour),
      from: 3,
      text:
        'A sender shows a key that is not the one in its secret. Its webhooks are answered 401, and nothing of them is kept. ' +
        'Winkelstraat repeats each for 24 hours, so the first is lost 23 hours from now. IGF may not repeat any. ' +
        'Ask the sender which key it uses, and store that key in the secret. ' +
        `For the URLs of IGF, type: npx bridge igf status ${at}.`,
    },
    {
      name: 'server-errors',
      metric: serverErrors,
      inPeriods: threeTimesAnHour,
      text:
        'The API answers webhooks with 5xx. Nothing of them is kept. ' +
        'Winkelstraat repeats each for 24 hours, so the first is lost 23 hours from now. ' +
        `Read why in the access log. Type: aws logs tail /aws/vendedlogs/${stackNameOf(stage)}/access --since 1h.`,
    },
    {
      name: 'throttled-requests',
      metric: throttled,
      inPeriods: threeTimesAnHour,
      text:
        'The API answers 429: more webhooks come at once than the setting throttling admits. ' +
        'Winkelstraat repeats each for 24 hours, so the first is lost 23 hours from now. IGF may not repeat any. ' +
        `Raise throttling.rate and throttling.burst in cdk.json. Type: npx cdk deploy -c stage=${stage}.`,
    },
    {
      name: 'not-kept',
      metric: bridgeMetric(scope, 'not-kept', 'Sum', everyHour),
      isEvent: true,
      text:
        'A webhook with the right key is too large to be accepted (413) and too large to be kept. ' +
        'The sender repeats it for 24 hours, then it is lost. ' +
        'Its log line says how large it is, and of which webhook. ' +
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
    ...Object.entries(ingest).flatMap(([sender, functions]) =>
      sumsOver(functions, (lambda) => lambda.metricErrors({ period: fiveMinutes }), fiveMinutes).map(
        (metric, part) => ({
          name: numbered(`${sender}-ingest-errors`, part),
          section: 'ingest-errors',
          metric,
          inPeriods: threeTimesAnHour,
          text:
            `Functions that receive webhooks of ${sender} crash or run out of time. The sender gets 5xx, and nothing is kept. ` +
            'Winkelstraat repeats each webhook for 24 hours, so the first is lost 23 hours from now. IGF may not repeat any. ' +
            `Type: ${logsOf(stage, `${sender}/<webhook>`)}. After a deploy, roll back.`,
        }),
      ),
    ),
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
            `Type: aws logs tail /aws/vendedlogs/${stackNameOf(stage)}/access --since 1d. If nothing comes, ` +
            'ask Winkelstraat whether the webhooks are still switched on, and to which URLs. ' +
            'If so few are normal, raise the setting noWebhookHours.',
        },
      ];

/** The first part has the plain name. */
export const numbered = (name: string, part: number): string => (part === 0 ? name : `${name}-${part + 1}`);
