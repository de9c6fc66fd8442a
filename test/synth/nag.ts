// Part of `npm run check`: what cdk-nag finds in the stack, and no construct acknowledges with a reason.
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { bridgeApp } from '../../infra/app.ts';

/** The stage with everything that a setting adds. */
const context = {
  stage: 'prod',
  attentionEmail: 'returns@example.com',
  domainName: 'hooks.example.com',
  certificateArn: 'arn:aws:acm:eu-west-1:123456789012:certificate/a',
};

const app = bridgeApp({ context });
const findings = [new AwsSolutionsChecks(app), new ServerlessChecks(app)]
  .flatMap((pack) => pack.validateScope(app).violations)
  .flatMap(({ ruleName, description, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${ruleName}  ${constructPath}  ${description}`),
  );
for (const finding of findings) console.error(finding);
if (findings.length > 0) {
  console.error(
    'Mend each one, or acknowledge it beside its construct: Validations.of(…).acknowledge({ id, reason }).',
  );
  process.exitCode = 1;
}
