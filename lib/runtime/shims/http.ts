/**
 * Stands in for `node:http` in the bundles (`infra/bundle.ts` aliases it).
 *
 * An `import` of `node:http` reads every one of its exports. `WebSocket` and its like load all of undici: over 20 ms of
 * a cold start. This way it costs nothing, because Lambda's runtime has loaded it already. It exports only what the
 * bundles use: an import of anything else does not build.
 */
export const { Agent, request, STATUS_CODES } = process.getBuiltinModule('node:http');
