import { senders } from '../../lib/webhooks/catalogue.ts';
import { functionOf, routeKeys } from './architecture.ts';
import { at, synthesizeStage } from './template.ts';

const template = synthesizeStage({
  stage: 'prod',
  'throttling.rate': '7',
  'throttling.burst': '13',
  logRetentionDays: '60',
});
const webhooks = senders.flatMap((sender) => sender.webhooks);

test('the API has one POST route for each webhook of the catalogue, and one for what Winkelstraat posts elsewhere', () => {
  const paths = [...webhooks.map(({ path }) => path), '/winkelstraat/{proxy+}'];
  expect(routeKeys(template).sort()).toEqual(paths.map((path) => `POST ${path}`).sort());
});

test('every webhook has an ingest function of its own', () => {
  const functions = webhooks.map(({ path }) => functionOf(template, `POST ${path}`).id);

  expect(new Set(functions).size).toBe(webhooks.length);
});

test.each(webhooks)('$path invokes its function with payload 2.0, and no other route may', ({ path }) => {
  const fn = functionOf(template, `POST ${path}`);
  const api = template.one('AWS::ApiGatewayV2::Api');
  const invokes = template
    .all('AWS::Lambda::Permission')
    .filter(({ properties }) => properties.FunctionName === `<${fn.id}.Arn>`);
  const integration = template.one(
    'AWS::ApiGatewayV2::Integration',
    ({ properties }) => properties.IntegrationUri === `<${fn.id}.Arn>`,
  );

  expect(integration.properties).toMatchObject({
    IntegrationType: 'AWS_PROXY',
    PayloadFormatVersion: '2.0',
  });
  expect(invokes.map(({ properties }) => properties)).toEqual([
    expect.objectContaining({
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
      SourceArn: `arn:aws:execute-api:eu-west-1:<AWS::AccountId>:<${api.id}>/*/*${path}`,
    }),
  ]);
});

test.each(webhooks)('the outputs name the URL of $name', ({ path }) => {
  const api = template.one('AWS::ApiGatewayV2::Api');

  expect(Object.values(template.outputs)).toContain(`<${api.id}.ApiEndpoint>${path}`);
});

test('the outputs name what subscribing at IGF needs: its URL, and the secrets of the key and the path token', () => {
  expect(template.outputs).toMatchObject({
    IgfBaseUrl: 'https://api.itgoesforward.com/api/v1',
    IgfKeySecret: expect.any(String),
    IgfPathTokenSecret: expect.any(String),
  });
});

test('the output of a webhook has a readable name', () => {
  expect(template.outputs).toHaveProperty(
    'WinkelstraatStockHubV1RmaUrl',
    expect.stringMatching('/stock-hub/v1/rma$'),
  );
});

describe('the one stage of the API', () => {
  const { properties } = template.one('AWS::ApiGatewayV2::Stage');

  test('serves at the root and deploys automatically', () => {
    expect(properties).toMatchObject({ StageName: '$default', AutoDeploy: true });
  });

  test('throttles as the stage’s settings say', () => {
    expect(properties.DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 7, ThrottlingBurstLimit: 13 });
  });

  test('logs each call by its route, never by its path, its caller or its body', () => {
    const format = String(at(properties, 'AccessLogSettings', 'Format'));

    expect(Object.values(JSON.parse(format))).toEqual(
      expect.arrayContaining(['$context.routeKey', '$context.status', '$context.requestId']),
    );
    expect(format).not.toMatch(/\$context\.(path|identity|authorizer|domainName|resourcePath|protocol)/i);
  });

  test('has that log where the account’s policy for logs does not grow with it', () => {
    const destination = String(at(properties, 'AccessLogSettings', 'DestinationArn'));
    const [log] = template.all('AWS::Logs::LogGroup').filter(({ id }) => destination === `<${id}.Arn>`);

    expect(log?.properties.LogGroupName).toMatch(/^\/aws\/vendedlogs\/.*prod/);
  });

  test('keeps that log as long as the stage’s settings say', () => {
    const destination = String(at(properties, 'AccessLogSettings', 'DestinationArn'));
    const logs = template.all('AWS::Logs::LogGroup').filter(({ id }) => destination === `<${id}.Arn>`);

    expect(logs.map((log) => log.properties.RetentionInDays)).toEqual([60]);
  });
});
