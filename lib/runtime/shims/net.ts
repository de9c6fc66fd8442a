/**
 * Stands in for `node:net` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and loads
 * its lists of blocked addresses.
 */
export const { isIP } = process.getBuiltinModule('node:net');
