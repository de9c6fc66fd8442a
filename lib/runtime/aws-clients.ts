import { awsAttempts, awsRequestSeconds } from '../config/timing.ts';

/**
 * How every AWS client is set up. Short timeouts really end the request: without `throwOnRequestTimeout` the SDK only
 * warns. It makes as many attempts as fit into the function's own timeout.
 */
export const clientSettings = {
  maxAttempts: awsAttempts,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: awsRequestSeconds * 1000,
    throwOnRequestTimeout: true,
  },
};
