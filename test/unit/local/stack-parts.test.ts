import { readStackParts } from '../../../infra/local/stack-parts.ts';
import { Template } from '../../../infra/local/template.ts';
import { addresses } from './fixture.ts';

const queueArn = { 'Fn::GetAtt': ['Queue0A1B2C3D', 'Arn'] };

/** A small stack as a CloudFormation template. */
const resources: Record<string, { Type: string; Properties?: Record<string, unknown> }> = {
  DeadLetters11111111: { Type: 'AWS::SQS::Queue', Properties: { MessageRetentionPeriod: 1209600 } },
  Queue0A1B2C3D: {
    Type: 'AWS::SQS::Queue',
    Properties: {
      VisibilityTimeout: 180,
      SqsManagedSseEnabled: true,
      Tags: [{ Key: 'stage', Value: 'test' }],
      RedrivePolicy: {
        deadLetterTargetArn: { 'Fn::GetAtt': ['DeadLetters11111111', 'Arn'] },
        maxReceiveCount: 500,
      },
    },
  },
  Topic55555555: { Type: 'AWS::SNS::Topic' },
  Mail: {
    Type: 'AWS::SNS::Subscription',
    Properties: { Protocol: 'email', Endpoint: 'returns@example.com', TopicArn: { Ref: 'Topic55555555' } },
  },
  Key22222222: { Type: 'AWS::SecretsManager::Secret', Properties: { Description: 'the key' } },
  Role33333333: { Type: 'AWS::IAM::Role', Properties: { Anything: { 'Fn::Unknown': 1 } } },
  Worker44444444: {
    Type: 'AWS::Lambda::Function',
    Properties: {
      Code: { S3Bucket: { 'Fn::Sub': `assets-\${AWS::Region}` }, S3Key: 'abc.zip' },
      Handler: 'index.handler',
      Role: { 'Fn::GetAtt': ['Role33333333', 'Arn'] },
      Timeout: 30,
      Environment: { Variables: { QUEUE_URL: { Ref: 'Queue0A1B2C3D' }, KEY: { Ref: 'Key22222222' } } },
    },
  },
  Mapping: {
    Type: 'AWS::Lambda::EventSourceMapping',
    Properties: {
      EventSourceArn: queueArn,
      FunctionName: { Ref: 'Worker44444444' },
      BatchSize: 1,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 3 },
    },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api' },
  Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { StageName: '$default', ApiId: { Ref: 'Api' } } },
  Integration: {
    Type: 'AWS::ApiGatewayV2::Integration',
    Properties: {
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: { 'Fn::GetAtt': ['Worker44444444', 'Arn'] },
      PayloadFormatVersion: '2.0',
    },
  },
  Route: {
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: {
      RouteKey: 'POST /sender/v1/thing',
      Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
    },
  },
  Orders: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
  },
};

function read(changes: typeof resources = {}) {
  const template = Template.parse({ Resources: { ...resources, ...changes } });
  return readStackParts(
    { stackName: 'stack', template, assetFolders: { 'abc.zip': '/assets/abc' } },
    addresses,
  );
}

describe('what the template declares', () => {
  test('is queues with their attributes as SQS takes them, under 127.0.0.1', () => {
    const [deadLetters, queue] = read().queues;
    expect(queue).toEqual({
      name: 'stack-Queue',
      arn: 'arn:aws:sqs:eu-central-1:000000000000:stack-Queue',
      url: 'http://127.0.0.1:4566/000000000000/stack-Queue',
      attributes: {
        VisibilityTimeout: '180',
        SqsManagedSseEnabled: 'true',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters?.arn, maxReceiveCount: 500 }),
      },
      visibilityTimeoutSeconds: 180,
      deadLetterArn: deadLetters?.arn,
      maxReceiveCount: 500,
    });
    expect(deadLetters).toMatchObject({
      attributes: { MessageRetentionPeriod: '1209600' },
      deadLetterArn: undefined,
    });
  });

  test('is topics, without their mail subscriptions', () => {
    const [topic, ...others] = read().topics;
    expect(topic).toEqual({
      name: 'stack-Topic',
      arn: 'arn:aws:sns:eu-central-1:000000000000:stack-Topic',
    });
    expect(others).toEqual([]);
  });

  test('is functions with their code and their environment in local addresses', () => {
    expect(read().functions).toEqual([
      {
        name: 'stack-Worker',
        arn: 'arn:aws:lambda:eu-central-1:000000000000:function:stack-Worker',
        handler: 'index.handler',
        folder: '/assets/abc',
        environment: {
          QUEUE_URL: 'http://127.0.0.1:4566/000000000000/stack-Queue',
          KEY: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:stack-Key-local1',
        },
        timeoutSeconds: 30,
        memoryMb: 128,
        logLevel: 'INFO',
      },
    ]);
  });

  test('is event source mappings, routes, secrets and the table', () => {
    const stack = read();
    expect(stack.eventSources).toEqual([
      {
        function: stack.functions[0],
        queue: stack.queues[1],
        batchSize: 1,
        maxConcurrency: 3,
        reportsBatchItemFailures: true,
      },
    ]);
    expect(stack.routes).toEqual([
      { routeKey: 'POST /sender/v1/thing', functionName: 'stack-Worker', timeoutMs: 30000 },
    ]);
    expect(stack.secrets).toMatchObject([{ logicalId: 'Key22222222', name: 'stack-Key' }]);
    expect(stack.tables).toMatchObject([{ name: 'stack-Orders', timeToLiveAttribute: 'expiresAt' }]);
  });

  test('leaves out a mapping that is switched off', () => {
    const { Properties } = resources.Mapping ?? {};
    expect(
      read({
        Mapping: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { ...Properties, Enabled: false } },
      }),
    ).toMatchObject({ eventSources: [] });
  });

  test('finds a function through API Gateway’s long form of its ARN', () => {
    const uri = [
      'arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/',
      { 'Fn::GetAtt': ['Worker44444444', 'Arn'] },
      '/invocations',
    ];
    const { Properties } = resources.Integration ?? {};
    const long = { ...Properties, IntegrationUri: { 'Fn::Join': ['', uri] } };
    const stack = read({ Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: long } });
    expect(stack.routes).toMatchObject([{ functionName: 'stack-Worker' }]);
  });
});

describe('names', () => {
  test('are the ones that the template sets', () => {
    const named = {
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName: { 'Fn::Sub': `own-\${AWS::Region}` } },
    };
    expect(read({ Other: named }).queues.at(-1)?.name).toBe('own-eu-central-1');
  });

  test('keep the hash of the logical id where they would be the same without it', () => {
    const names = read({ Queue99999999: { Type: 'AWS::SQS::Queue' } }).queues.map(({ name }) => name);
    expect(names).toEqual(['stack-DeadLetters', 'stack-Queue0A1B2C3D', 'stack-Queue99999999']);
  });
});

describe('what can not run here', () => {
  test('is reported with its type and id', () => {
    const http = { IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://x', PayloadFormatVersion: '1.0' };
    expect(() => read({ Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: http } })).toThrow(
      /can't run AWS::ApiGatewayV2::Integration Integration \(IntegrationType/,
    );
  });

  test('is code that is in no asset', () => {
    const { Properties } = resources.Worker44444444 ?? {};
    const elsewhere = { ...Properties, Code: { S3Key: 'other.zip' } };
    expect(() => read({ Worker44444444: { Type: 'AWS::Lambda::Function', Properties: elsewhere } })).toThrow(
      'the code of Worker44444444',
    );
  });
});

describe('schedules', () => {
  const rule = (properties: Record<string, unknown>) => ({
    Every55555555: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 hour)',
        State: 'ENABLED',
        Targets: [{ Arn: { 'Fn::GetAtt': ['Worker44444444', 'Arn'] }, Id: 'Target0', Input: '{"a":1}' }],
        ...properties,
      },
    },
  });

  test.each([
    ['rate(1 hour)', 3600],
    ['rate(10 minutes)', 600],
    ['rate(2 days)', 172_800],
  ])('%s start their function with their event', (rate, everySeconds) => {
    const stack = read(rule({ ScheduleExpression: rate }));
    expect(stack.schedules).toEqual([{ function: stack.functions[0], everySeconds, event: { a: 1 } }]);
  });

  test('are left out when they are switched off, and so is a rule for events', () => {
    expect(read(rule({ State: 'DISABLED' })).schedules).toEqual([]);
    expect(read(rule({ ScheduleExpression: undefined })).schedules).toEqual([]);
  });

  test('are reported when the local runtime does not support them', () => {
    expect(() => read(rule({ ScheduleExpression: 'cron(0 12 * * ? *)' }))).toThrow(/cron/);
  });
});
