import { CfnOutput, Stack, Tags } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { senders } from '../lib/webhooks/catalogue.ts';
import type { Bundles } from './bundle.ts';
import { BridgeAlarms } from './constructs/alarms/bridge-alarms.ts';
import { OrderTable } from './constructs/bridge-table.ts';
import { BridgeDashboard } from './constructs/dashboard.ts';
import { MailTopic } from './constructs/mail-topic.ts';
import { pascalCase } from './constructs/names.ts';
import { Quarantine } from './constructs/quarantine.ts';
import { Reconciler } from './constructs/reconciler.ts';
import { BridgeSecrets } from './constructs/secrets.ts';
import { SenderPipeline } from './constructs/sender.ts';
import { WebhookApi } from './constructs/webhook-api.ts';
import { type Stage, stackNameOf } from './settings/stage.ts';

export interface BridgeStackProps {
  readonly stage: Stage;
  readonly bundles: Bundles;
}

/**
 * The whole bridge:
 *
 * - each sender: route → ingest function → queue → worker → table and IGF
 * - quarantine: deliveries that were answered 406 or 413 → queue → worker → table
 * - reconciler: schedule → table and IGF
 * - two topics: notices of returns, and alarms
 * - a dashboard, and saved queries of the logs
 *
 * The stack's name contains the stage. So does every name of a resource.
 */
export class BridgeStack extends Stack {
  constructor(scope: Construct, { stage, bundles }: BridgeStackProps) {
    const { region, account, attentionEmail, alarmEmail = attentionEmail } = stage.settings;
    super(scope, stackNameOf(stage.name), {
      description: `Forwards Winkelstraat returns to ItGoesForward (${stage.name})`,
      env: { region, ...(account && { account }) },
      terminationProtection: stage.policy.mode === 'live',
    });
    Tags.of(this).add('service', 'returns-bridge');
    Tags.of(this).add('stage', stage.name);

    const table = new OrderTable(this, 'Table');
    const attention = new MailTopic(this, 'Attention', attentionEmail, 'returns');
    const alarms = new MailTopic(this, 'AlarmMails', alarmEmail, 'alarms');
    const secrets = new BridgeSecrets(this, 'Secrets');
    const api = new WebhookApi(this, 'Api', stage.settings);
    const parts = { stage, bundles, api, table, secrets, attention };

    const quarantine = new Quarantine(this, 'Quarantine', parts);
    const pipelines = senders.map(
      (sender) => new SenderPipeline(this, pascalCase(sender.name), { sender, quarantine, ...parts }),
    );
    const reconciler = new Reconciler(this, 'Reconciler', parts);
    const watched = { api, quarantine, pipelines, reconciler };
    const bridgeAlarms = new BridgeAlarms(this, 'Alarms', { stage, topic: alarms, ...watched });
    const dashboard = new BridgeDashboard(this, 'Dashboard', {
      stage: stage.name,
      alarms: bridgeAlarms,
      ...watched,
    });

    // `cdk deploy` prints these. The operator's commands read them.
    const outputs: Record<string, string> = {
      TableName: table.name,
      AttentionTopicArn: attention.arn,
      AlarmTopicArn: alarms.arn,
      IgfBaseUrl: stage.settings.igfBaseUrl,
      Mode: stage.policy.mode,
      DashboardUrl: dashboard.url,
      ...api.outputs,
      ...secrets.outputs,
      ...quarantine.outputs,
      ...Object.assign({}, ...pipelines.map(({ outputs }) => outputs)),
    };
    for (const [key, value] of Object.entries(outputs)) new CfnOutput(this, key, { value });
  }
}
