import { join } from 'node:path';
import { bundle, bundleFunctions, codeOf } from '../../infra/bundle.ts';
import { httpEvent } from '../../infra/local/http-payload.ts';
import { lambdaEnvironment } from '../../infra/local/stack-functions.ts';
import type { IngestEnvironment, Variables } from '../../lib/config/environment.ts';
import { type IngestFunction, ingestFunctions, webhookSample } from '../support/samples.ts';

/** A function whose time is measured. */
export interface Subject {
  readonly name: string;
  /** Its bundle. */
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The request that it is called with. */
  readonly event: Readonly<Record<string, unknown>>;
}

export interface Subjects {
  /** A handler that only sends, as everybody would bundle it: the reference of every ratio. */
  readonly plain: Subject;
  /** The same with our aliases, most of all without the SDK's default credential chain. */
  readonly plainWithAliases: Subject;
  readonly ingest: readonly Subject[];
  /** The bundled probe. */
  readonly probe: string;
}

/** The sender key in the subjects' requests. */
export const benchSenderKey = 'bench-winkelstraat-key';

/**
 * Bundles everything that is measured.
 * @param folder takes the bundles; the caller removes it.
 * @param awsUrl what answers for SQS and Secrets Manager.
 */
export function buildSubjects(folder: string, awsUrl: string): Subjects {
  const here = (file: string): string => join(import.meta.dirname, file);
  const deployed = bundleFunctions(join(folder, 'deployed'));
  const own = bundle({ plain: here('plain-handler.ts'), probe: here('probe.ts') }, join(folder, 'own'));
  const asEverybody = bundle({ plain: here('plain-handler.ts') }, join(folder, 'as-everybody'), {
    alias: {},
  });

  const [anyFunction] = ingestFunctions;
  if (!anyFunction) throw new Error('The catalogue has no webhook.');
  const subject = (name: string, folderOfCode: string, request: IngestFunction): Subject => ({
    name,
    file: join(folderOfCode, 'index.mjs'),
    environment: environmentOf(name, folderOfCode, awsUrl),
    event: eventOf(request),
  });
  return {
    plain: subject('plain handler', codeOf(asEverybody, 'plain'), anyFunction),
    plainWithAliases: subject('plain handler, our aliases', codeOf(own, 'plain'), anyFunction),
    ingest: ingestFunctions.map((one) => subject(one.webhook, codeOf(deployed, one.bundle), one)),
    probe: join(codeOf(own, 'probe'), 'index.mjs'),
  };
}

function environmentOf(name: string, folder: string, awsUrl: string): Record<string, string> {
  const environment: Variables<IngestEnvironment> = {
    QUEUE_URL: `${awsUrl}/000000000000/bench`,
    REJECTED_QUEUE_URL: `${awsUrl}/000000000000/bench-rejected`,
    SENDER_KEY_SECRET_ID: 'bench',
  };
  const addresses = {
    region: 'eu-central-1',
    api: awsUrl,
    sqs: awsUrl,
    dynamodb: awsUrl,
    secretsManager: awsUrl,
    igf: awsUrl,
  };
  return lambdaEnvironment(
    {
      name: name.replaceAll(/[^a-z0-9]+/g, '-'),
      arn: 'arn:aws:lambda:eu-central-1:000000000000:function:bench',
      handler: 'index.handler',
      folder,
      environment,
      timeoutSeconds: 10,
      memoryMb: 512,
      logLevel: 'INFO',
    },
    { addresses, speed: 1 },
  );
}

const eventOf = ({ webhook, path }: IngestFunction): Record<string, unknown> =>
  httpEvent({
    method: 'POST',
    target: path.replace('{token}', benchSenderKey),
    headers: { 'content-type': 'application/json', 'x-api-key': benchSenderKey, 'x-version': '1' },
    body: Buffer.from(JSON.stringify(webhookSample(webhook))),
    sourceIp: '127.0.0.1',
    protocol: 'HTTP/1.1',
    requestId: 'bench',
    routeKey: `POST ${path}`,
    pathParameters: path.includes('{token}') ? { token: benchSenderKey } : {},
    receivedAt: Date.now(),
  });
