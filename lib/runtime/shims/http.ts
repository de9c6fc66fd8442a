/**
 * Stands in for `node:http` in the bundles (`infra/bundle.ts` aliases it). An `import` of it reads all exports, and
 * `WebSocket` loads all of undici: over 20 ms of a cold start. Lambda's runtime has loaded this already. It exports
 * only what the bundles use: an import of anything else does not build.
 */
export const { Agent, request, STATUS_CODES } = process.getBuiltinModule('node:http');
