import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { list, synthesizeStage } from './template.ts';

const root = join(import.meta.dirname, '../..');

/** By type, the property that would give a resource a fixed name in place of CloudFormation's unique one. */
const physicalNames: Record<string, string> = {
  'AWS::ApiGatewayV2::Api': 'Name',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::CloudWatch::Dashboard': 'DashboardName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::Logs::QueryDefinition': 'Name',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** By type, the property by which a person recognises a resource in the console. */
const descriptions: Record<string, string> = {
  'AWS::ApiGatewayV2::Api': 'Description',
  'AWS::CloudWatch::Alarm': 'AlarmDescription',
  'AWS::Events::Rule': 'Description',
  'AWS::IAM::Role': 'Description',
  'AWS::Lambda::Function': 'Description',
  'AWS::SecretsManager::Secret': 'Description',
  'AWS::SNS::Topic': 'DisplayName',
};

describe('two stages', () => {
  const [test_, prod] = [synthesizeStage({ stage: 'test' }), synthesizeStage({ stage: 'prod' })];

  test('are two stacks', () => {
    expect(test_.stackName).toContain('test');
    expect(prod.stackName).toContain('prod');
  });

  test('fit into one account, because no resource has a fixed name without the name of its stack', () => {
    const names = prod.resources.map(({ type, properties }) => properties[physicalNames[type] ?? '']);
    const fixed = names.filter((name) => name !== undefined && !String(name).includes(prod.stackName));

    expect(fixed).toEqual([]);
  });

  test('have a description of each resource of which the console shows one', () => {
    const described = prod.resources.filter(({ type }) => type in descriptions);
    const without = described.filter(({ type, properties }) => !properties[descriptions[type] ?? '']);

    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test('have secrets whose names say their stage, and what they are', () => {
    const names = prod.all('AWS::SecretsManager::Secret').map(({ properties }) => properties.Name);

    expect(names.sort()).toEqual(
      ['igf-key', 'igf-path-token', 'winkelstraat-key'].map((name) => `${prod.stackName}/${name}`),
    );
  });

  test('have a log group of each function by the name of its code', () => {
    const names = prod.all('AWS::Logs::LogGroup').map(({ properties }) => properties.LogGroupName);

    expect(names).toContain(`/aws/lambda/${prod.stackName}/winkelstraat/worker`);
    expect(new Set(names).size).toBe(prod.all('AWS::Lambda::Function').length + 1);
  });

  test('have their stage in the tags of every resource', () => {
    const tagged = prod.resources.filter(({ properties }) => Array.isArray(properties.Tags));

    expect(tagged.length).toBeGreaterThan(0);
    for (const { properties } of tagged) {
      expect(list(properties.Tags)).toEqual([
        { Key: 'service', Value: 'returns-bridge' },
        { Key: 'stage', Value: 'prod' },
      ]);
    }
  });
});

describe('the app, as the CDK runs it', () => {
  test.each([
    [{ mode: 'obsrve' }, 'Settings of stage "test": mode = "obsrve" must be "live" or "observe".'],
    [{ stage: 'prd' }, 'stage = "prd": cdk.json has local, test, prod.'],
  ])('answers %j with one line and exit code 1', (context, line) => {
    expect(runApp(context)).toEqual({ status: 1, stderr: `${line}\n`, files: [] });
  });

  test('explains in one line what to do when an older Node runs it', () => {
    const olderNode = "Object.defineProperty(process, 'versions', { value: { node: '20.11.1' } })";

    const { status, stderr } = spawnSync(
      process.execPath,
      [
        '--import',
        `data:text/javascript,${olderNode}`,
        '--import',
        './infra/node-version.mjs',
        'infra/app.ts',
      ],
      { cwd: root, encoding: 'utf8' },
    );

    expect({ status, lines: stderr.trimEnd().split('\n') }).toEqual({
      status: 1,
      lines: [expect.stringMatching(/^This needs Node 24 .*npm ci.*npx/)],
    });
  });

  test('writes the assembly to the folder that the CDK CLI names', () => {
    const { status, files } = runApp({ stage: 'prod', attentionEmail: 'none' });

    expect(status).toBe(0);
    expect(files).toEqual(expect.arrayContaining(['manifest.json', 'returns-bridge-prod.template.json']));
    expect(files.filter((name) => name.startsWith('asset.')).length).toBeGreaterThan(0);
  });
});

/** Runs `infra/app.ts` as the CDK CLI does: context and folder in the environment. */
function runApp(context: Record<string, string>) {
  const outdir = mkdtempSync(join(tmpdir(), 'app-test-'));
  try {
    const { status, stderr } = spawnSync(
      process.execPath,
      ['--import', './infra/node-version.mjs', 'infra/app.ts'],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          CDK_VALIDATION: 'false', // It takes 4 s, and `cdk synth` covers it.
          CDK_OUTDIR: outdir,
          CDK_CONTEXT_JSON: JSON.stringify(context),
        },
      },
    );
    return { status, stderr, files: readdirSync(outdir) };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}
