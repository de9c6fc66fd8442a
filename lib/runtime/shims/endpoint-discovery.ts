/**
 * Stands in for `@aws-sdk/middleware-endpoint-discovery` in the bundles (`infra/bundle.ts` aliases it). Only Timestream
 * needs it, and DynamoDB's client has it with a cache of its own: 9 KB.
 */
export const resolveEndpointDiscoveryConfig = <Config>(config: Config): Config => config;

export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: undefined,
};
