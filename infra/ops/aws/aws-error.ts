import { CommandError } from '../command.ts';

const field = (error: unknown, name: string): string => String(Object(error)[name] ?? '');

/** Names that AWS's services give to "you may not". */
const denied =
  /AccessDenied|NotAuthorized|UnauthorizedOperation|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch/;

/**
 * What a failed call to AWS means for the person who ran the command, in one line.
 * @param did what was tried, such as `cloudformation:DescribeStacks`; also the permission that it needs.
 */
export function awsFailure(error: unknown, did: string): CommandError {
  const name = field(error, 'name');
  const message = field(error, 'message').split('\n')[0] ?? '';
  if (/CredentialsProviderError|TokenProviderError/.test(name) || /credentials/i.test(message)) {
    return new CommandError(
      `There are no usable AWS credentials (${message}): set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.`,
    );
  }
  if (/region is missing/i.test(message)) {
    return new CommandError('There is no AWS region: set AWS_REGION to the one that the stack is in.');
  }
  if (denied.test(name)) {
    return new CommandError(`AWS refused ${did} (${name}): use credentials that may do it.`);
  }
  return new CommandError(`${did} failed (${[name, message].filter(Boolean).join(': ')}).`);
}
