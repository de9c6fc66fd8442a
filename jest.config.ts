import type { Config } from 'jest';
import { patienceMs } from './test/support/eventually.ts';

/** Tests poll with deadlines of their own. This only ends a test that hangs. In milliseconds. */
export const testTimeout = 5 * patienceMs;

/** Common to every lane. Node loads the modules, once for all files of a worker. */
export const base = {
  testEnvironment: '<rootDir>/test/support/jest/node-environment.ts',
  runtime: '<rootDir>/test/support/jest/node-runtime.ts',
  transform: {},
  modulePathIgnorePatterns: ['<rootDir>/cdk.out'],
  setupFilesAfterEnv: ['<rootDir>/test/support/output.ts'],
} satisfies Config;

/** The campaigns take minutes. Everything else in their folders tests the engine, in milliseconds. */
const campaigns = ['chaos/chaos', 'explore/explore', 'explore/protocols', 'fuzz/ingest', 'fuzz/worker'];

const servers = {
  globalSetup: '<rootDir>/test/support/shared-servers.ts',
  globalTeardown: '<rootDir>/test/support/shared-servers-stop.ts',
};

const config: Config = {
  projects: [
    {
      ...base,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/test/{unit,cases,lives,chaos,fuzz,mutations,bench,documents,explore}/**/*.test.ts',
      ],
      testPathIgnorePatterns: campaigns.map((name) => `/test/${name}\\.test\\.ts$`),
    },
    { ...base, displayName: 'synth', testMatch: ['<rootDir>/test/synth/**/*.test.ts'] },
    {
      ...base,
      ...servers,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
    },
    {
      ...base,
      ...servers,
      displayName: 'system',
      testMatch: [
        '<rootDir>/test/system/**/*.test.ts',
        ...campaigns.map((name) => `<rootDir>/test/${name}.test.ts`),
      ],
    },
  ],
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  watchman: false,
  // Most tests wait for sockets most of their time: five at once keep two cores busy. By default jest takes one worker there.
  maxWorkers: 5,
  testTimeout,
};

export default config;
