import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { listen } from '../../infra/local/listen.ts';
import { awsStub } from '../support/aws-stub.ts';
import { makeCertificate } from '../support/certificate.ts';

/** What reached the stub. */
export interface Reached {
  /** Each with its TLS handshake. */
  readonly connections: number;
  /** Operations, in the order in which they came. */
  readonly calls: readonly string[];
}

export type TlsStub = Awaited<ReturnType<typeof startTlsStub>>;

/**
 * SQS and Secrets Manager by TLS, so that handshakes count as on AWS. @param folder takes the certificate, which a client
 * must trust
 */
export async function startTlsStub(folder: string, secret: string) {
  const certificate = await makeCertificate(folder);
  const [key, cert] = [readFileSync(certificate.key), readFileSync(certificate.file)];
  const server = createServer({ key, cert }, awsStub(secret));
  server.keepAliveTimeout = 600_000;
  let connections = 0;
  let calls: string[] = [];
  server.on('connection', () => {
    connections += 1;
  });
  server.on('request', ({ headers }) => {
    calls.push(String(headers['x-amz-target']).replace(/^.*\./, ''));
  });
  return {
    url: `https://127.0.0.1:${await listen(server, 0)}`,
    certificate: certificate.file,
    /** What reached it since the last time. */
    take: (): Reached => {
      const taken = { connections, calls };
      [connections, calls] = [0, []];
      return taken;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
