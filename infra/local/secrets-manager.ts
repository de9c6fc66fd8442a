import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import * as z from 'zod/mini';
import { host, listen } from './listen.ts';
import type { SecretPart } from './stack-parts.ts';

/** The values of one secret by staging label. A label without a value is an ordinary state: nothing was put yet. */
export interface SecretValues {
  readonly current?: string;
  readonly previous?: string;
}

export interface SecretsManager {
  readonly url: string;
  /** Puts values in place of all that a secret had: `{}` takes them away. `id` is its ARN or name. */
  set(id: string, values: SecretValues): void;
  /** Answers every call with this HTTP status, or normally again when undefined. */
  fail(status: number | undefined): void;
  declare(secrets: readonly SecretPart[]): void;
  close(): Promise<void>;
}

const GetSecretValue = z.looseObject({
  SecretId: z.string(),
  VersionStage: z._default(z.string(), 'AWSCURRENT'),
});

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

/** Starts a stub that answers `GetSecretValue` as Secrets Manager does (protocol JSON 1.1), on any free port. */
export async function startSecretsManager(): Promise<SecretsManager> {
  const secrets = new Map<string, SecretPart>();
  const values = new Map<string, SecretValues>();
  let failing: number | undefined;

  const find = (id: string): SecretPart | undefined =>
    [...secrets.values()].find(({ arn, name }) => id === arn || id === name);

  const answer = (target: string, body: string): Answer => {
    if (failing !== undefined)
      return failure('InternalServiceError', 'An error occurred on the server side.', failing);
    // AWS_ENDPOINT_URL points here too, so that a call to a service that nobody runs locally never leaves the machine.
    if (target !== 'secretsmanager.GetSecretValue') {
      return failure(
        'UnknownOperationException',
        `${target || 'This call'} is not part of the local runtime.`,
      );
    }
    const request = z.safeParse(GetSecretValue, parseJson(body));
    if (!request.success) return failure('InvalidRequestException', 'SecretId is required.');
    const { SecretId: id, VersionStage: stage } = request.data;
    const secret = find(id);
    if (!secret)
      return failure('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    const stored = values.get(secret.arn);
    const value =
      stage === 'AWSCURRENT' ? stored?.current : stage === 'AWSPREVIOUS' ? stored?.previous : undefined;
    if (value === undefined) {
      const message = `Secrets Manager can't find the specified secret value for staging label: ${stage}`;
      return failure('ResourceNotFoundException', message);
    }
    return {
      status: 200,
      body: {
        ARN: secret.arn,
        Name: secret.name,
        SecretString: value,
        VersionId: randomUUID(),
        VersionStages: [stage],
        CreatedDate: Math.floor(Date.now() / 1000),
      },
    };
  };

  const server = createServer(async (request: IncomingMessage, response: ServerResponse) => {
    const { status, body } = answer(String(request.headers['x-amz-target'] ?? ''), await readText(request));
    response.writeHead(status, {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-requestid': randomUUID(),
    });
    response.end(JSON.stringify(body));
  });
  const port = await listen(server, 0);
  return {
    url: `http://${host}:${port}`,
    set: (id, next) => {
      const secret = find(id);
      if (!secret) throw new Error(`There is no secret ${id} in the stack.`);
      values.set(secret.arn, next);
    },
    fail: (status) => {
      failing = status;
    },
    declare: (declared) => {
      for (const secret of declared) secrets.set(secret.arn, secret);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function failure(type: string, message: string, status = 400): Answer {
  return { status, body: { __type: type, Message: message, message } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
