/**
 * Stands in for `@smithy/core/event-streams` in the bundles (`infra/bundle.ts` aliases it). The SDK imports it where an
 * operation streams events, and no call of the bridge does: 20 KB.
 */
export {};
