/**
 * Stands in for `node:buffer` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and
 * loads `File`.
 */
export const { isUtf8 } = process.getBuiltinModule('node:buffer');
