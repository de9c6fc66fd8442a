import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Duration } from 'aws-cdk-lib/core';
import { type AlarmDefinition, lostAfter, orZero, sixHours, threeTimesInSixHours } from './alarm.ts';
import type { Watched } from './watched.ts';

const everyHour = Duration.hours(1);

/** Webhooks that are not received. Winkelstraat repeats each for 24 hours, and IGF promises no repetition. */
export function webhookAlarms(watched: Watched): AlarmDefinition[] {
  const { metric, bridge, logs, accessLog, store, deploy } = watched;
  const { serverErrors, throttled } = watched.api.metrics;
  return [
    {
      name: 'wrong-key',
      metric: metric('wrong-key', 'Sum', sixHours),
      from: 3,
      text:
        'A sender shows a key that is not the one in its secret: Winkelstraat in x-api-key, or IGF at the end of its URLs. ' +
        `Its webhooks are answered 401, and nothing of them is kept. ${lostAfter(sixHours.toHours())} ` +
        `Which webhook it is stands in the log. Type: ${logs('<sender>/<webhook>')}. ` +
        `Ask Winkelstraat which key it uses, and store it. Type: ${store('winkelstraat-key')}. ` +
        `For the URLs of IGF, type: ${bridge('igf', 'status')}.`,
    },
    {
      name: 'server-errors',
      metric: serverErrors,
      inPeriods: threeTimesInSixHours,
      text:
        'The API answers webhooks with 5xx, and nothing of them is kept. An ingest function crashes, runs out of time, ' +
        'cannot read its key or cannot reach SQS, or Lambda does not start it. ' +
        `${lostAfter(sixHours.toHours())} Read which it is in the access log. Type: ${accessLog('6h')}. ` +
        `Then read the function's log. Type: ${logs('<sender>/<webhook>')}. After a deploy, roll back.`,
    },
    {
      name: 'throttled-requests',
      metric: throttled,
      inPeriods: threeTimesInSixHours,
      text:
        'The API answers 429: more webhooks come at once than the setting throttling admits. ' +
        `${lostAfter(sixHours.toHours())} ` +
        `Raise throttling.rate and throttling.burst in cdk.json. Type: ${deploy}.`,
    },
    {
      name: 'not-kept',
      metric: metric('not-kept', 'Sum', everyHour),
      isEvent: true,
      text:
        'A webhook is too large to be kept: its body has more than 360 KiB. ' +
        'The sender repeats it for 24 hours, then it is lost. The access log says which one the API itself refused (413): ' +
        `type: ${accessLog('1h')}. The log of a function says how large another one is. ` +
        `Type: ${logs('winkelstraat/<webhook>')}. ` +
        'Ask the sender for a smaller one.',
    },
    {
      name: 'unknown-route',
      metric: metric('unknown-route', 'Sum', everyHour),
      isEvent: true,
      text:
        'Winkelstraat posts with the right key to a URL that no webhook has. It is answered 404, and nothing is kept. ' +
        'Winkelstraat repeats it for 24 hours, then it is lost. ' +
        `Type: ${logs('winkelstraat/unknown-route')}. The step unknown-route says the path. ` +
        "Compare it with the stack's outputs, and send the right URL to Winkelstraat.",
    },
    ...noWebhooks(watched),
  ];
}

const noWebhooks = ({
  metric,
  accessLog,
  settings: { noWebhookHours: hours },
}: Watched): AlarmDefinition[] =>
  hours === 0
    ? []
    : [
        {
          name: 'no-webhooks',
          metric: orZero(metric('webhooks-accepted', 'Sum', everyHour)),
          below: 1,
          inPeriods: { needed: hours, of: hours },
          missing: TreatMissingData.BREACHING,
          text:
            `No webhook of Winkelstraat was accepted for ${hours} hours. ` +
            'If Winkelstraat has tried to send some, the oldest is lost 24 hours after its first attempt: it may be lost now. ' +
            `Type: ${accessLog('1d')}. If nothing comes, ` +
            'ask Winkelstraat whether the webhooks are still switched on, and to which URLs. ' +
            'If so few are normal, raise the setting noWebhookHours.',
        },
      ];
