// Stryker reads its configuration in JavaScript. Its paths count from the root of the repository.
export default {
  mutate: ['lib/decide/**/*.ts', 'lib/rules/**/*.ts'],
  plugins: ['./test/stryker/preloaded.ts'],
  testRunner: 'preloaded',
  // Each mutant gets the tests that run its code.
  coverageAnalysis: 'perTest',
  // A test that is slow on a busy machine must not count as one that noticed something.
  timeoutMS: 30_000,
  thresholds: { high: 95, low: 85, break: 85 },
  // Not for the copy. With a tsconfig.json Stryker would need the compiler, which reads nothing here.
  ignorePatterns: ['.local', 'cdk.out', 'docs/images', 'tsconfig.json'],
  disableTypeChecks: false,
  incrementalFile: '.local/stryker/incremental.json',
  tempDirName: '.local/stryker/copy',
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  htmlReporter: { fileName: '.local/stryker/report.html' },
  jsonReporter: { fileName: '.local/stryker/report.json' },
};
