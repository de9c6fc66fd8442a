import { awsAttempts, awsRequestSeconds } from '../config/timing.ts';

/** For every AWS client. A timeout ends the request (the SDK would only warn). All attempts fit into any function. */
export const clientSettings = {
  maxAttempts: awsAttempts,
  requestHandler: {
    connectionTimeout: 1000,
    requestTimeout: awsRequestSeconds * 1000,
    throwOnRequestTimeout: true,
  },
};
