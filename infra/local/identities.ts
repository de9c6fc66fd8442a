import { account, region } from '../local-services.ts';
import { type Identity, resolveText, type Scope, type Template } from './template.ts';

/** Where the services of the local runtime listen. */
export interface Addresses {
  readonly api: string;
  readonly dynamodb: string;
  readonly sqs: string;
  readonly secretsManager: string;
  readonly igf: string;
}

/** Gives every resource of the template a local name, ARN and address, so that intrinsic functions can be resolved. */
export function localScope(template: Template, stackName: string, addresses: Addresses): Scope {
  const pseudo = {
    'AWS::AccountId': account,
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
    'AWS::StackName': stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const shortIds = Object.keys(template.Resources).map(withoutHash);
  /** Stack name and logical id, as CloudFormation's names; without the CDK's hash where they stay unique without it. */
  const nameOf = (logicalId: string): string => {
    const short = withoutHash(logicalId);
    const isUnique = shortIds.indexOf(short) === shortIds.lastIndexOf(short);
    return `${stackName}-${isUnique ? short : logicalId}`;
  };
  const resources = new Map<string, Identity>();
  for (const [logicalId, { Type: type, Properties: properties }] of Object.entries(template.Resources)) {
    const given = nameProperty[type] === undefined ? undefined : properties[nameProperty[type]];
    // A name that is set may itself use pseudo parameters, but never another resource.
    const name =
      given === undefined ? nameOf(logicalId) : resolveText(given, { pseudo, resources: new Map() });
    resources.set(logicalId, identify(type, name, addresses));
  }
  return { resources, pseudo };
}

const nameProperty: Record<string, string> = {
  'AWS::SQS::Queue': 'QueueName',
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::ApiGatewayV2::Stage': 'StageName',
};

function identify(type: string, name: string, addresses: Addresses): Identity {
  const arn = (service: string, resource: string): string =>
    `arn:aws:${service}:${region}:${account}:${resource}`;
  switch (type) {
    case 'AWS::SQS::Queue':
      // 127.0.0.1, not the emulator's own sqs.<region>.localhost: the SDK calls a queue at its URL's host.
      return {
        ref: `${addresses.sqs}/${account}/${name}`,
        attributes: { Arn: arn('sqs', name), QueueName: name },
      };
    case 'AWS::DynamoDB::Table':
      return { ref: name, attributes: { Arn: arn('dynamodb', `table/${name}`) } };
    case 'AWS::Lambda::Function':
      return { ref: name, attributes: { Arn: arn('lambda', `function:${name}`) } };
    case 'AWS::SecretsManager::Secret':
      return { ref: arn('secretsmanager', `secret:${name}-local1`), attributes: {} };
    case 'AWS::ApiGatewayV2::Api':
      return { ref: name, attributes: { ApiEndpoint: addresses.api, ApiId: name } };
    case 'AWS::SNS::Topic':
      return { ref: arn('sns', name), attributes: { TopicArn: arn('sns', name), TopicName: name } };
    default:
      // Roles, log groups, permissions and the like: nothing that runs here needs more of them.
      return { ref: name, attributes: { Arn: arn('local', name) } };
  }
}

const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');
