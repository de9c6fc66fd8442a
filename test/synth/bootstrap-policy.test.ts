import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { decide } from '../../infra/local/iam/policy.ts';
import { synthesizeStage } from './template.ts';

const read = (path: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../..', path), 'utf8'));
const texts = z.pipe(
  z.union([z.string(), z.array(z.string())]),
  z.transform((value) => [value].flat()),
);

/**
 * What CloudFormation calls to create, read, change and delete a resource of each type: the permissions of the handlers
 * in the registry's schemas, as the PyPI package cfn-lint 1.58.0 has them.
 */
const permissionsOf = z.parse(
  z.record(z.string(), z.array(z.string())),
  read('test/synth/cloudformation-permissions.json'),
);
const { Statement: statements } = z.parse(
  z.object({ Statement: z.array(z.looseObject({ Sid: z.string(), Action: texts, Resource: texts })) }),
  read('infra/policies/bootstrap-execution.json'),
);

/** For properties that no resource of the stack has, so CloudFormation does not call them. */
const ofOtherProperties: readonly (readonly [RegExp, why: string])[] = [
  [
    /^dynamodb:(\w*Item|Query|Scan|ImportTable|\w*TableReplica)$|^s3:(GetObjectMetadata|ListBucket)$/,
    'import, replicas',
  ],
  [
    /^dynamodb:(\w*KinesisStreamingDestination|(Put|Delete)ResourcePolicy)$|^kinesis:/,
    'streams, policies of tables',
  ],
  [/^logs:(CreateLogStream|PutLogEvents)$/, 'the import of a table writes lines'],
  [/^kms:(RevokeGrant|GenerateDataKey)$/, 'keys of our own'],
  [/^ec2:|^elasticfilesystem:|^s3files:/, 'networks and file systems of functions'],
  [
    /^lambda:(\w*CodeSigningConfig|GetLayerVersion|AssociateRuntimeAlias|PassCapacityProvider)$/,
    'layers, signing',
  ],
  [/^secretsmanager:(GetRandomPassword|GetSecretValue|\w*Regions?\w*)$/, 'a person stores the values'],
  [
    /^sns:PutDataProtectionPolicy$|^logs:(Put|Delete)(DataProtection|Index)Policy$|^logs:DescribeIndexPolicies$/,
    'scans',
  ],
  [
    /^logs:(\w*KmsKey|PutBearerTokenAuthentication|PutLogGroupDeletionProtection)$|^firehose:|^s3:REST/,
    'keys, streams',
  ],
  [
    /^iam:(\w*RolePermissionsBoundary|(At|De)tachRolePolicy|\w*(Group|User)Policy)$/,
    'roles have one inline policy',
  ],
  [/^s3:getObject$/, 'an API from a file'],
];

const isLike = (action: string, pattern: string): boolean =>
  decide([{ Effect: 'Allow', Action: [pattern], Resource: ['*'] }], { action, resource: '*' }) === 'allow';
const granted = statements.flatMap(({ Action }) => Action);
const types = [...new Set(synthesizeStage({ stage: 'prod' }).resources.map(({ type }) => type))];
const needed = Object.values(permissionsOf)
  .flat()
  .filter((action) => !ofOtherProperties.some(([pattern]) => pattern.test(action)));

test('the policy is checked for every type of the template', () => {
  expect(types.filter((type) => !(type in permissionsOf))).toEqual([]);
});

test('it grants what CloudFormation calls for these types', () => {
  const missing = needed.filter((action) => !granted.some((pattern) => isLike(action, pattern)));
  expect([...new Set(missing)]).toEqual([]);
});

test('it grants nothing else, except what the access log and the bootstrap need', () => {
  const others = granted.filter((pattern) => !needed.some((action) => isLike(action, pattern)));
  // The stage of the API delivers its log by these; the CDK checks the version of the bootstrap by the last.
  expect(others).toEqual([
    'logs:DeleteLogDelivery',
    'logs:GetLogDelivery',
    'logs:ListLogDeliveries',
    'logs:UpdateLogDelivery',
    'ssm:GetParameters',
  ]);
});

test('no statement is about everything of an account but those whose resources have no names of ours', () => {
  const everything = statements.filter(({ Resource }) => Resource.includes('*')).map(({ Sid }) => Sid);
  expect(everything).toEqual(['TableEncryption', 'TriggersOfFunctions', 'LogsWithoutTheirLines']);
});

test('roles are named as those of the bridge, and given to functions only', () => {
  const ofRoles = statements.filter(({ Action }) => Action.some((action) => action.startsWith('iam:')));
  for (const { Action, Resource } of ofRoles) {
    const isServiceLinked = Action.includes('iam:CreateServiceLinkedRole');
    const name = isServiceLinked ? 'aws-service-role/ops.apigateway.amazonaws.com/*' : 'returns-bridge-*';
    expect(Resource).toEqual([`arn:aws:iam::ACCOUNT:role/${name}`]);
  }
  expect(ofRoles.find(({ Action }) => Action.includes('iam:PassRole'))?.Condition).toEqual({
    StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
  });
});

test('IAM takes it as one managed policy', () => {
  expect(JSON.stringify(read('infra/policies/bootstrap-execution.json')).length).toBeLessThanOrEqual(6144);
});
