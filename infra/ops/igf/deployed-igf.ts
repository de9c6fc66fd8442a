import { randomBytes } from 'node:crypto';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { eventTypes } from '../../../lib/facts/vendor-terms.ts';
import { get as getRetailer, type Retailer } from '../../../lib/igf/api/retailer.ts';
import * as webhooks from '../../../lib/igf/api/webhooks.ts';
import { igfClient } from '../../../lib/igf/client.ts';
import { readPathCorrections } from '../../../lib/igf/endpoint.ts';
import { IgfError, IgfPathError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { clientSettings } from '../../../lib/runtime/aws-clients.ts';
import { readCurrent } from '../../../lib/runtime/secret.ts';
import type { WebhookCalls } from '../../../lib/webhooks/igf/subscribe.ts';
import { webhookPath } from '../../../lib/webhooks/igf/webhooks.ts';
import { CommandError } from '../../cli/command-line.ts';
import { awsFailure } from '../aws/aws-error.ts';
import { type DeployedStage, deployedStage, missingOutput, stageOption } from '../aws/deployed-stage.ts';
import { type AddCommand, type Definition, defineCommand, type Run } from '../command.ts';

/** A client of IGF with a deployed stage's configuration, and the stage's own webhook URLs. */
export interface DeployedIgf {
  readonly stackName: string;
  /** The base of the URLs that IGF posts to, without a path. */
  readonly apiUrl: string;
  readonly igfBaseUrl: string;
  /** The mode of the deployed stack. */
  readonly mode: string;
  readonly webhooks: WebhookCalls;
  readonly retailer: { get(): Promise<Retailer[]> };
  /** The secret last part of our URLs; undefined while its secret has no value. Never print it. */
  readonly token: string | undefined;
  /** Stores the token in its secret. @throws CommandError */
  putToken(token: string): Promise<void>;
}

/** 256 random bits as 43 characters that need no escaping in a URL. */
export const newPathToken = (): string => randomBytes(32).toString('base64url');

/** The timeout of one call, in milliseconds. IGF may be slow, and a person waits. */
const timeoutMs = 15_000;

/**
 * Reads the deployed stack's outputs and both secrets.
 * @throws CommandError that says what to do
 */
export async function deployedIgf(stageName: string | undefined): Promise<DeployedIgf> {
  const deployed = await deployedStage(stageName);
  const { stage, stackName, output } = deployed;
  const keySecret = output('IgfKeySecret');
  const tokenSecret = output('IgfPathTokenSecret');
  const igfBaseUrl = deployed.outputs.IgfBaseUrl ?? stage.settings.igfBaseUrl;
  const apiUrl = apiUrlOf(deployed);

  const secrets = new SecretsManagerClient(clientSettings);
  const read = async (secretId: string): Promise<string | undefined> => {
    try {
      return (await readCurrent(secrets, secretId)())[0] || undefined;
    } catch (error) {
      throw awsFailure(error, `secretsmanager:GetSecretValue of ${secretId}`);
    }
  };
  const key = await read(keySecret);
  if (!key) {
    throw new CommandError(
      'The secret of the IGF api-key has no value yet: store your key in it (aws secretsmanager put-secret-value ' +
        `--secret-id ${keySecret} --secret-string <your IGF api-key>).`,
    );
  }
  const client = igfClient(
    {
      baseUrl: igfBaseUrl,
      corrections: readPathCorrections(JSON.stringify(stage.settings.igfPaths)),
      apiKey: async () => key,
      timeoutMs,
    },
    { webhooks, retailer: { get: getRetailer } },
  );
  return {
    stackName,
    mode: deployed.outputs.Mode ?? stage.policy.mode,
    apiUrl,
    igfBaseUrl,
    webhooks: client.webhooks,
    retailer: client.retailer,
    token: await read(tokenSecret),
    putToken: async (token) => {
      try {
        await secrets.send(new PutSecretValueCommand({ SecretId: tokenSecret, SecretString: token }));
      } catch (error) {
        throw awsFailure(error, `secretsmanager:PutSecretValue of ${tokenSecret}`);
      }
    },
  };
}

/** The outputs hold the eight webhook URLs, with `{token}` at their end. All belong to one API. */
function apiUrlOf({ outputs, stackName, stage }: DeployedStage): string {
  const found = eventTypes.map((eventType) => {
    const path = webhookPath(eventType);
    const url = Object.values(outputs).find((value) => value.endsWith(path));
    if (!url) throw missingOutput(stackName, stage.name, `with the URL of ${path}`);
    return url.slice(0, -path.length);
  });
  return found[0] ?? '';
}

/** A failed call to IGF, in one sentence for the person who ran the command. */
export function igfFailure(error: IgfError, igfBaseUrl: string): string {
  if (error instanceof IgfPathError) {
    return `${error.message}. Compare the path with IGF's OpenAPI file (npx bridge igf verify), and set "igfPaths".`;
  }
  if (error instanceof IgfUnavailableError) {
    if (error.status === 401 || error.status === 403) {
      return `IGF did not accept the api-key (${error.status}): store the right one in its secret.`;
    }
    const what = error.status === undefined ? `IGF can't be reached at ${igfBaseUrl}` : 'IGF has a problem';
    return `${what} (${error.message}). Try again later.`;
  }
  return `${error.message}.`;
}

/** A command that works with IGF as a deployed stage does. */
export const igfCommand = <Options extends object = object>({
  run,
  ...definition
}: Definition<Run<Options> & { readonly igf: DeployedIgf }>): AddCommand =>
  defineCommand<Options & { readonly stage?: string }>(
    {
      ...definition,
      async run(context, ...args) {
        const igf = await deployedIgf(context.options.stage);
        try {
          return await run({ ...context, igf }, ...args);
        } catch (error) {
          throw error instanceof IgfError ? new CommandError(igfFailure(error, igf.igfBaseUrl)) : error;
        }
      },
    },
    (command) => command.option(...stageOption),
  );
