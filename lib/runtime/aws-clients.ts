import { awsAttempts, awsRequestSeconds } from '../config/timing.ts';

/**
 * The settings of every AWS client. A timeout ends the request, where the SDK alone would only warn. All attempts fit
 * into the function's own timeout.
 */
export const clientSettings = {
  maxAttempts: awsAttempts,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: awsRequestSeconds * 1000,
    throwOnRequestTimeout: true,
  },
};
