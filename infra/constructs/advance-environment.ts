import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { AdvanceEnvironment, Variables } from '../../lib/config/environment.ts';
import type { Bundles } from '../bundle.ts';
import { igfCallsPerSecond } from '../settings/igf-rate-limit.ts';
import type { Stage } from '../settings/stage.ts';
import type { OrderTable } from './bridge-table.ts';
import type { MailTopic } from './mail-topic.ts';
import type { BridgeSecrets } from './secrets.ts';
import type { WebhookApi } from './webhook-api.ts';

/** What the constructs of the stack share. */
export interface BridgeParts {
  readonly stage: Stage;
  readonly bundles: Bundles;
  readonly api: WebhookApi;
  readonly table: OrderTable;
  readonly secrets: BridgeSecrets;
  readonly attention: MailTopic;
}

/** Lets a function advance orders: it may use the table, IGF and the attention topic, and gets the variables for them. */
export const advanceEnvironment = (
  fn: IGrantable,
  { stage, table, secrets, attention }: BridgeParts,
  claimLeaseSeconds: number,
): Variables<AdvanceEnvironment> => ({
  ...table.grantReadWrite(fn),
  ...attention.grantPublish(fn),
  STAGE: stage.name,
  IGF_BASE_URL: stage.settings.igfBaseUrl,
  IGF_PATHS: JSON.stringify(stage.settings.igfPaths),
  IGF_KEY_SECRET_ID: secrets.igfKey.grantRead(fn),
  POLICY: JSON.stringify(stage.policy),
  CLAIM_LEASE_SECONDS: String(claimLeaseSeconds),
  IGF_CALLS_PER_SECOND: String(igfCallsPerSecond(stage.settings)),
});
