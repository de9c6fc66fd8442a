import { randomUUID } from 'node:crypto';
import type { RequestListener } from 'node:http';
import { json } from 'node:stream/consumers';
import * as z from 'zod/mini';
import { startServer } from './listen.ts';
import type { SecretPart } from './stack-parts.ts';

/** The values of one secret by staging label. A new secret has no value under any label: `{}`. */
export interface SecretValues {
  readonly current?: string;
  readonly previous?: string;
}

export type SecretsManager = Awaited<ReturnType<typeof startSecretsManager>>;

const GetSecretValue = z.object({ SecretId: z.string(), VersionStage: z._default(z.string(), 'AWSCURRENT') });

/** Starts a stub that answers `GetSecretValue` as Secrets Manager does (protocol JSON 1.1), on any free port. @param iam see `guard` */
export async function startSecretsManager(iam?: string) {
  const secrets = new Map<string, SecretPart & { readonly values: SecretValues }>();
  let failing: number | undefined;

  const answer = (target: string, body: unknown) => {
    if (failing !== undefined)
      return failure('InternalServiceError', 'An error occurred on the server side.', failing);
    // AWS_ENDPOINT_URL points here too: a call to a service without a local stand-in never leaves the machine.
    if (target !== 'secretsmanager.GetSecretValue') {
      const message = `${target || 'This call'} is not part of the local runtime.`;
      return failure('UnknownOperationException', message);
    }
    const request = z.safeParse(GetSecretValue, body);
    if (!request.success) return failure('InvalidRequestException', 'SecretId is required.');
    const { SecretId: id, VersionStage: stage } = request.data;
    const secret = secrets.values().find(({ arn, name }) => id === arn || id === name);
    if (!secret)
      return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    const { current: AWSCURRENT, previous: AWSPREVIOUS } = secret.values;
    const value = new Map(Object.entries({ AWSCURRENT, AWSPREVIOUS })).get(stage);
    if (value === undefined) {
      const message = `Secrets Manager can't find the specified secret value for staging label: ${stage}`;
      return failure('ResourceNotFoundException', message);
    }
    const names = { ARN: secret.arn, Name: secret.name, VersionId: randomUUID(), VersionStages: [stage] };
    const CreatedDate = Math.floor(Date.now() / 1000);
    return { status: 200, body: { ...names, SecretString: value, CreatedDate } };
  };

  const handle: RequestListener = async (request, response) => {
    const received = await json(request).catch(() => undefined);
    const { status, body } = answer(String(request.headers['x-amz-target'] ?? ''), received);
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': randomUUID() };
    response.writeHead(status, headers).end(JSON.stringify(body));
  };
  const server = await startServer(handle, 0, iam);
  return {
    ...server,
    /** Creates a secret, or replaces all its values. */
    set: (secret: SecretPart, values: SecretValues) => void secrets.set(secret.arn, { ...secret, values }),
    /** Answers every call with this HTTP status, or normally again when undefined. */
    fail: (status: number | undefined): void => {
      failing = status;
    },
  };
}

const failure = (type: string, message: string, status = 400) => ({
  status,
  body: { __type: type, Message: message, message },
});

export type SecretName = 'winkelstraat' | 'igf' | 'igf-token';

/** The secrets of the running stack, for tests that change, remove or break them. */
export type LocalSecrets = ReturnType<typeof fillSecrets>;

/** Fills the stack's secrets with their local values. Any other secret stays without a value, as after a first deploy. */
export function fillSecrets(
  { set, fail }: SecretsManager,
  secrets: readonly SecretPart[],
  keys: { readonly winkelstraat: string; readonly igf: string; readonly igfToken: string },
) {
  const initial = { winkelstraat: keys.winkelstraat, igf: keys.igf, 'igf-token': keys.igfToken };
  for (const secret of secrets) {
    const name = purposeOf(secret);
    set(secret, name ? { current: initial[name] } : {});
  }
  return {
    /** Replaces all values of the secret: `{}` removes them. */
    set: (name: SecretName, values: SecretValues): void => {
      const secret = secrets.find((part) => purposeOf(part) === name);
      if (!secret) throw new Error(`The stack has no secret ${name}.`);
      set(secret, values);
    },
    fail,
  };
}

/** No field of the template says what a secret is for, but its id does in words. */
export function purposeOf({ logicalId }: SecretPart): SecretName | undefined {
  if (logicalId.includes('PathToken')) return 'igf-token';
  if (logicalId.includes('Winkelstraat')) return 'winkelstraat';
  return logicalId.includes('Igf') ? 'igf' : undefined;
}
