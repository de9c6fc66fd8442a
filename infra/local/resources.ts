import * as z from 'zod/mini';
import { type ArnOf, account, arnsIn } from '../local-services.ts';
import type { Addresses } from './endpoints.ts';
import type { Assembly } from './synth.ts';
import { type Identity, resolveTemplate, resolveText } from './template.ts';

/** A local name, ARN and address of every resource of a stack, by which intrinsic functions are resolved. */
function localNames({ stackName, template }: Assembly, addresses: Addresses) {
  const { region } = addresses;
  const arnOf = arnsIn(region);
  const pseudo: Record<string, string> = {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': arnOf('cloudformation', `stack/${stackName}/local`),
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const declared = Object.entries(template.Resources);
  const shortIds = declared.map(([logicalId]) => withoutHash(logicalId));
  /** Stack name and logical id, as CloudFormation's names; without the CDK's hash where they stay unique without it. */
  const nameOf = (logicalId: string): string => {
    const short = withoutHash(logicalId);
    const isUnique = shortIds.indexOf(short) === shortIds.lastIndexOf(short);
    return `${stackName}-${isUnique ? short : logicalId}`;
  };
  const resources = new Map<string, Identity & { readonly name: string }>();
  for (const [logicalId, { Type: type, Properties: properties }] of declared) {
    const given = properties[nameProperty(type)];
    // A name that is set may itself use pseudo parameters, but never another resource.
    const name =
      given === undefined ? nameOf(logicalId) : resolveText(given, { pseudo, resources: new Map() });
    resources.set(logicalId, { name, ...(identities[type] ?? other)(name, arnOf, addresses) });
  }
  return { pseudo, resources };
}

/** The outputs of a stack. One about something that does not exist here, such as a domain, is left out. */
export function stackOutputs(assembly: Assembly, addresses: Addresses): Record<string, string> {
  const scope = localNames(assembly, addresses);
  const outputs = Object.entries(assembly.template.Outputs).flatMap(([name, { Value: value }]) => {
    try {
      return [[name, resolveText(value, scope)]];
    } catch {
      return [];
    }
  });
  return Object.fromEntries(outputs);
}

/** @returns a reader of the resources of one type, with their resolved properties */
export function stackResources(assembly: Assembly, addresses: Addresses) {
  const scope = localNames(assembly, addresses);
  const { resources } = scope;
  const declared = Object.entries(assembly.template.Resources);
  /** @throws Error when the local runtime can't run one of them */
  return <Shape extends z.core.$ZodLooseShape>(type: string, shape: Shape) =>
    declared
      .filter(([, resource]) => resource.Type === type)
      .map(([logicalId, { Properties: properties }]) => {
        const { name = '', ref = '', attributes } = resources.get(logicalId) ?? {};
        const parsed = z.safeParse(z.looseObject(shape), resolveTemplate(properties, scope));
        if (parsed.success) {
          return { logicalId, name, ref, arn: attributes?.Arn ?? ref, properties: parsed.data };
        }
        const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
        throw new Error(`template: the local runtime can't run ${type} ${logicalId} (${issues.join('; ')})`);
      });
}

/** `AWS::SQS::Queue` has its name in `QueueName`. */
const nameProperty = (type: string): string =>
  type === 'AWS::SecretsManager::Secret' ? 'Name' : `${type.split('::').at(-1)}Name`;

const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

type Identify = (name: string, arnOf: ArnOf, addresses: Addresses) => Identity;

const identities: Record<string, Identify> = {
  // 127.0.0.1, not the emulator's own sqs.<region>.localhost: the SDK calls a queue at its URL's host.
  'AWS::SQS::Queue': (name, arnOf, { sqs }) => ({
    ref: `${sqs}/${account}/${name}`,
    attributes: { Arn: arnOf('sqs', name), QueueName: name },
  }),
  'AWS::SNS::Topic': (name, arnOf) => ({
    ref: arnOf('sns', name),
    attributes: { TopicArn: arnOf('sns', name), TopicName: name },
  }),
  'AWS::DynamoDB::Table': (name, arnOf) => ({
    ref: name,
    attributes: { Arn: arnOf('dynamodb', `table/${name}`) },
  }),
  'AWS::Lambda::Function': (name, arnOf) => ({
    ref: name,
    attributes: { Arn: arnOf('lambda', `function:${name}`) },
  }),
  'AWS::IAM::Role': (name) => ({
    ref: name,
    attributes: { Arn: `arn:aws:iam::${account}:role/${name}` },
  }),
  'AWS::SecretsManager::Secret': (name, arnOf) => ({
    ref: arnOf('secretsmanager', `secret:${name}-local1`),
    attributes: {},
  }),
  'AWS::ApiGatewayV2::Api': (name, _arnOf, { api }) => ({
    ref: name,
    attributes: { ApiEndpoint: api, ApiId: name },
  }),
};

/** Log groups, permissions and the like: nothing that runs here needs more of them. */
const other: Identify = (name, arnOf) => ({
  ref: name,
  attributes: { Arn: arnOf('local', name) },
});
