/**
 * Stands in for `node:process` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads every one of its
 * exports, and so opens stdin, stdout and stderr. That takes 4 ms of a cold start, and the global has the same.
 */
export const { env, versions } = process;
