/**
 * Stands in for `node:timers` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and
 * loads `node:timers/promises`. The global has the same.
 */
export const { setTimeout } = globalThis;
