/**
 * Stands in for `node:process` in the bundles (`infra/bundle.ts` aliases it). An `import` reads all exports, and so
 * opens stdin, stdout and stderr: 4 ms of a cold start. The global has the same.
 */
export const { env, versions } = process;
