/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (`infra/bundle.ts` aliases it). A Lambda always has
 * its credentials in the environment, and they outlive it. The SDK's default chain would load 100 KB more at a cold
 * start.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */

/** The credentials that the SDK signs with. */
interface EnvironmentCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What the SDK's clients use of it. @returns a provider; it rejects when the environment has no credentials */
export function defaultProvider(): () => Promise<EnvironmentCredentials> {
  return async () => {
    const {
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken,
    } = process.env;
    if (!accessKeyId || !secretAccessKey) {
      throw new Error(
        'No AWS credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set.',
      );
    }
    return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
  };
}
