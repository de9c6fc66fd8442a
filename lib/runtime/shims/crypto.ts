/**
 * Stands in for `node:crypto` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and
 * `webcrypto` loads Web Crypto. It exports only what the bundles use.
 */
export const { createHash, createHmac, getRandomValues, hash, randomUUID, timingSafeEqual } =
  process.getBuiltinModule('node:crypto');
