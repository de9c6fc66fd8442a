/**
 * Stands in for `node:tls` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and writes
 * out the certificate of every authority.
 */
export const { createSecureContext } = process.getBuiltinModule('node:tls');
