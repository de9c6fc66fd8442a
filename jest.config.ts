import type { Config } from 'jest';

const config: Config = {
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': ['@swc/jest', { jsc: { target: 'es2024', parser: { syntax: 'typescript' } } }] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/cdk.out'],
  testSequencer: '<rootDir>/test/longest-first.mjs',
  globalSetup: '<rootDir>/test/integration/shared-dynamodb.ts',
  globalTeardown: '<rootDir>/test/integration/shared-dynamodb-stop.ts',
  watchman: false,
  // Most tests wait for sockets most of their time. Left to itself jest takes one worker on two cores.
  maxWorkers: 2,
  // A test waits for what should happen, not for how fast it happens here: this only ends one that hangs.
  testTimeout: 30_000,
};

export default config;
