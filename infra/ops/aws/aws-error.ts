import { CommandError } from '../../cli/command-line.ts';

/** The names of AWS's errors for a missing permission. */
const denied =
  /AccessDenied|NotAuthorized|UnauthorizedOperation|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch/;

/**
 * A failed call to AWS, in one line for the person who ran the command.
 * @param call such as `cloudformation:DescribeStacks`; also the permission that it needs
 */
export function awsFailure(error: unknown, call: string): CommandError {
  const name = String(Object(error).name ?? '');
  const [message = ''] = String(Object(error).message ?? '').split('\n');
  if (/CredentialsProviderError|TokenProviderError/.test(name) || /credentials/i.test(message)) {
    return new CommandError(
      `There are no usable AWS credentials (${message}): ` +
        'set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
    );
  }
  if (/region is missing/i.test(message)) {
    return new CommandError("There is no AWS region: set AWS_REGION to the stack's region.");
  }
  if (denied.test(name)) {
    return new CommandError(`AWS refused ${call} (${name}): use credentials with this permission.`);
  }
  return new CommandError(`${call} failed (${[name, message].filter(Boolean).join(': ')}).`);
}

/** Whether the AWS SDK threw this error, in contrast to a defect of ours. */
export const isAwsError = (error: unknown): boolean =>
  error instanceof Error &&
  ('$metadata' in error ||
    'code' in error ||
    /Provider|Timeout/.test(error.name) ||
    /region/i.test(error.message));

/** Whether nothing listens at the address. */
export function isUnreachable(error: unknown): boolean {
  const { code, message, errors } = Object(error) as {
    code?: unknown;
    message?: unknown;
    errors?: unknown[];
  };
  return (
    code === 'ECONNREFUSED' || /ECONNREFUSED/.test(String(message)) || (errors ?? []).some(isUnreachable)
  );
}
