import { lambdaContext, lambdaEnvironment } from '../../../infra/local/stack-functions.ts';
import { addresses, aFunction } from './fixture.ts';

const environmentOf = (variables: Record<string, string>, speed = 1) =>
  lambdaEnvironment(aFunction({ environment: variables }), { addresses, speed, shortestClaimSeconds: 12 });

describe('the environment of a function', () => {
  test('has its own variables, Lambda’s, and the addresses of the local services', () => {
    expect(environmentOf({ TABLE_NAME: 'orders' })).toMatchObject({
      TABLE_NAME: 'orders',
      AWS_REGION: 'eu-central-1',
      AWS_LAMBDA_FUNCTION_NAME: 'stack-Worker',
      AWS_ACCESS_KEY_ID: expect.any(String),
      AWS_SECRET_ACCESS_KEY: expect.any(String),
      AWS_SESSION_TOKEN: expect.any(String),
      AWS_ENDPOINT_URL_SQS: addresses.sqs,
      AWS_ENDPOINT_URL_DYNAMODB: addresses.dynamodb,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: addresses.secretsManager,
    });
  });

  test('lets no other service’s call leave the machine', () => {
    expect(environmentOf({}).AWS_ENDPOINT_URL).toBe(addresses.secretsManager);
  });

  test.each([
    [1, '120'],
    [10, '120'],
    [60, '720'],
    [2880, '34560'],
  ])('at speed %d has claims of %s scaled seconds: never less than 12 real ones', (speed, seconds) => {
    expect(environmentOf({ CLAIM_LEASE_SECONDS: '120' }, speed).CLAIM_LEASE_SECONDS).toBe(seconds);
  });

  test('gets no claims where it has none', () => {
    expect(environmentOf({}, 60)).not.toHaveProperty('CLAIM_LEASE_SECONDS');
  });
});

test('gives a handler the name and ARN of its function', () => {
  expect(lambdaContext(aFunction())).toMatchObject({
    functionName: 'stack-Worker',
    invokedFunctionArn: 'arn:aws:lambda:eu-central-1:000000000000:function:stack-Worker',
    memoryLimitInMB: '128',
  });
});
