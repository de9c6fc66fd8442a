import { jest } from '@jest/globals';
import { type LocalRuntime, startLocalRuntime } from '../../../infra/local/runtime.ts';
import { readLocalWorld } from '../../../infra/local-world.ts';
import { pushApiRma } from '../../support/builders.ts';
import { eventually } from '../../support/eventually.ts';
import { newLocalFolder } from '../../support/local-folder.ts';
import { runOps } from '../../support/ops.ts';

jest.setTimeout(60_000);

const environment = { ...process.env };
const folder = newLocalFolder();
let runtime: LocalRuntime;
beforeAll(async () => {
  process.env.LOCAL_FOLDER = folder;
  runtime = await startLocalRuntime({ folder, context: { stage: 'prod', attentionEmail: 'none' } });
});
afterAll(async () => {
  process.env = environment;
  await runtime?.[Symbol.asyncDispose]();
});

test('a stage of another region has everything in its own region, and works', async () => {
  const posted = await fetch(`${runtime.urls.api}/winkelstraat/push-api/v2/rma`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-winkelstraat-key', 'x-version': '2.1.0' },
    body: JSON.stringify(pushApiRma()),
  });
  expect(posted.status).toBe(202);
  const order = await eventually(
    'the return is listed',
    async () => {
      const run = await runOps('order', '000000549', '--local');
      return run.text.includes('Listed') && run;
    },
    30_000,
  );
  expect(order.code).toBe(0);

  const regions = runtime.iam
    .uses()
    .flatMap(([, , resource]) => /^arn:aws:\w+:([^:]*):/.exec(resource)?.[1] ?? []);
  expect(new Set(regions)).toEqual(new Set(['eu-west-1']));
  const { stage, outputs } = readLocalWorld(folder);
  expect(stage).toMatchObject({ name: 'prod', settings: { region: 'eu-west-1' } });
  expect(JSON.stringify(outputs)).not.toContain('eu-central-1');
});
