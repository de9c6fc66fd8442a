import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CommandError } from '../../cli/command-line.ts';

/** The names of AWS's errors for a missing permission. */
const denied =
  /AccessDenied|NotAuthorized|UnauthorizedOperation|ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidSignature|SignatureDoesNotMatch/;

/** The calls that failed, by their errors: such as `dynamodb:Query`, which is also the permission that it needs. */
const failedCalls = new WeakMap<Error, string>();

/** Makes a client note its failed calls, for `awsFailure`. @returns the client */
export function noteFailedCalls<Client extends { readonly middlewareStack: object }>(client: Client): Client {
  // Every client's stack takes the same middleware; their types differ in the inputs.
  const stack = client.middlewareStack as DynamoDBClient['middlewareStack'];
  stack.add(
    (next, { clientName = '', commandName = '' }) =>
      async (args) => {
        try {
          return await next(args);
        } catch (error) {
          const { SecretId, TableName, QueueUrl } = Object(args.input);
          const object = SecretId ?? TableName ?? QueueUrl;
          const service = clientName.replace(/Client$|^CloudWatch(?=Logs)/g, '').toLowerCase();
          const call = `${service}:${commandName.replace(/Command$/, '')}`;
          if (error instanceof Error) failedCalls.set(error, object ? `${call} of ${object}` : call);
          throw error;
        }
      },
    { step: 'initialize', priority: 'high' },
  );
  return client;
}

/** A failed call to AWS, in one line for the person who ran the command; undefined for a defect of ours. */
export function awsFailure(error: unknown): CommandError | undefined {
  const call = error instanceof Error && failedCalls.get(error);
  if (!call) return undefined;
  const { name } = error;
  const [message = ''] = error.message.split('\n');
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

/** Whether nothing listens at the address. */
export function isUnreachable(error: unknown): boolean {
  if (error === undefined) return false;
  const { code, message, errors = [], cause } = Object(error);
  return code === 'ECONNREFUSED' || /ECONNREFUSED/.test(message) || [...errors, cause].some(isUnreachable);
}
