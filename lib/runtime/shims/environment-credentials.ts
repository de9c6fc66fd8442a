/**
 * Stands in for `@aws-sdk/credential-provider-node` in the bundles (`infra/bundle.ts` aliases it). A Lambda always has
 * its credentials in the environment, and they outlive it. The SDK's default chain would load 100 KB more at a cold
 * start.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */

/** What calls to AWS are signed with. */
export interface AwsCredentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** @throws Error when the environment has no credentials */
export function environmentCredentials(variables: NodeJS.ProcessEnv): AwsCredentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = variables;
  if (!accessKeyId || !secretAccessKey) {
    throw new Error(
      'No AWS credentials in the environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY must be set.',
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** What the SDK's clients use of it. @returns a provider; it rejects when the environment has no credentials */
export const defaultProvider = () => async (): Promise<AwsCredentials> => environmentCredentials(process.env);
