import { join } from 'node:path';
import { bundle, bundleFunctions, codeOf } from '../../infra/bundle.ts';
import { httpEvent } from '../../infra/local/http-payload.ts';
import { lambdaEnvironment } from '../../infra/local/stack-functions.ts';
import type { IngestEnvironment, Variables } from '../../lib/config/environment.ts';
import { type IngestFunction, ingestFunctions, webhookSample } from '../support/samples.ts';
import type { TlsStub } from './tls-stub.ts';

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
  /** What is measured against each other, the reference of every ratio first. */
  readonly compared: readonly Subject[];
  /** Each ingest function, as it is deployed. */
  readonly ingest: readonly Subject[];
  /** The bundled probe. */
  readonly probe: string;
}

/** The sender key in the subjects' requests. */
export const benchSenderKey = 'bench-winkelstraat-key';

/**
 * Bundles everything that is measured.
 * @param folder takes the bundles; the caller removes it.
 * @param aws what answers for SQS and Secrets Manager.
 */
export function buildSubjects(folder: string, aws: Pick<TlsStub, 'url' | 'certificate'>): Subjects {
  const source = (name: string): string => join(import.meta.dirname, 'handlers', `${name}.ts`);
  const deployed = bundleFunctions(join(folder, 'deployed'));
  const probe = join(import.meta.dirname, 'probe.ts');
  const own = bundle({ probe, floor: source('floor'), sdk: source('ours-with-sdk') }, join(folder, 'own'));
  const asEverybody = bundle({ stock: source('stock'), usual: source('usual') }, join(folder, 'stock'), {
    alias: {},
  });

  const rma = ingestFunctions.find(({ webhook }) => webhook === 'stock-hub/v1/rma');
  if (!rma) throw new Error('The catalogue has no RMA.');
  const subject = (name: string, folderOfCode: string, request: IngestFunction): Subject => ({
    name,
    file: join(folderOfCode, 'index.mjs'),
    environment: environmentOf(name, folderOfCode, aws),
    event: eventOf(request),
  });
  return {
    compared: [
      subject('stock: client-sqs, no checks', codeOf(asEverybody, 'stock'), rma),
      subject('floor: signature and send, no checks', codeOf(own, 'floor'), rma),
      subject('usual: middy, SDK, zod', codeOf(asEverybody, 'usual'), rma),
      subject('ours with the SDK, nothing in init', codeOf(own, 'sdk'), rma),
      subject('ours', codeOf(deployed, rma.bundle), rma),
    ],
    ingest: ingestFunctions.map((one) => subject(one.webhook, codeOf(deployed, one.bundle), one)),
    probe: join(codeOf(own, 'probe'), 'index.mjs'),
  };
}

function environmentOf(
  name: string,
  folder: string,
  { url: awsUrl, certificate }: Pick<TlsStub, 'url' | 'certificate'>,
): Record<string, string> {
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
  const environmentOfLambda = lambdaEnvironment(
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
  return { ...environmentOfLambda, NODE_EXTRA_CA_CERTS: certificate };
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
