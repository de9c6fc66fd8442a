import { clientSettings } from '../../../infra/ops/aws/client-settings.ts';
import { readStage } from '../../../infra/settings/stage.ts';
import { awsRequestSeconds } from '../../../lib/config/timing.ts';

test('a command waits longer for AWS than a function does, and tries more often', () => {
  const { maxAttempts, requestHandler } = clientSettings();

  expect([maxAttempts, requestHandler.connectionTimeout, requestHandler.requestTimeout]).toEqual([
    5, 5000, 15_000,
  ]);
  expect(requestHandler.requestTimeout).toBeGreaterThan(awsRequestSeconds * 1000);
});

test('a command calls the region of its stage, and that of the shell without a stage', () => {
  const stage = readStage({ stage: 'a', stages: { a: { region: 'eu-west-3', mode: 'observe' } } });

  expect(clientSettings(stage).region).toBe('eu-west-3');
  expect(clientSettings()).not.toHaveProperty('region');
});
