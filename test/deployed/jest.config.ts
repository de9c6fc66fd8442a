import type { Config } from 'jest';
import { base, testTimeout } from '../../jest.config.ts';

/** `npm run test:deployed`. It is no lane of `npm test`, because it needs Python. */
const config: Config = {
  ...base,
  rootDir: '../..',
  displayName: 'deployed',
  testMatch: ['<rootDir>/test/deployed/**/*.test.ts'],
  watchman: false,
  testTimeout,
};

export default config;
