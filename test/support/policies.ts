import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PolicyDocument } from '../../infra/local/iam/policy.ts';
import { account } from '../../infra/local-services.ts';
import { cdkJsonContext, readStage } from '../../infra/settings/stage.ts';

/** A policy of `infra/policies/` for a stage of this machine: its placeholders are filled in. */
export function policyOf(name: string, stage = 'local') {
  const { region } = readStage({ ...cdkJsonContext(), stage, attentionEmail: 'none' }).settings;
  const text = readFileSync(join(import.meta.dirname, '../../infra/policies', `${name}.json`), 'utf8');
  const filled = text.replaceAll('REGION', region).replaceAll('ACCOUNT', account).replaceAll('STAGE', stage);
  return PolicyDocument.parse(JSON.parse(filled)).Statement;
}
