import { readLocalWorld } from '../../../infra/local-world.ts';
import { pushApiRma } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { runOps } from '../../support/ops.ts';

const at = eachRuntime({ context: { stage: 'prod', attentionEmail: 'none' } });

test('a stage of another region has everything in its own region, and works', async () => {
  const posted = await fetch(`${at.runtime.urls.api}/winkelstraat/push-api/v2/rma`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-winkelstraat-key', 'x-version': '2.1.0' },
    body: JSON.stringify(pushApiRma()),
  });
  expect(posted.status).toBe(202);
  const order = await eventually('the return is listed', async () => {
    const run = await runOps('order', '000000549', '--local');
    return run.text.includes('Listed') && run;
  });
  expect(order.code).toBe(0);

  const regions = at.runtime.iam
    .uses()
    .flatMap(([, , resource]) => /^arn:aws:\w+:([^:]*):/.exec(resource)?.[1] ?? []);
  expect(new Set(regions)).toEqual(new Set(['eu-west-1']));
  const { stage, outputs } = readLocalWorld(at.folder);
  expect(stage).toMatchObject({ name: 'prod', settings: { region: 'eu-west-1' } });
  expect(JSON.stringify(outputs)).not.toContain('eu-central-1');
});
