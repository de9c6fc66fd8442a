import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, dirname, join } from 'node:path';
import { makeCertificate } from '../support/certificate.ts';
import { eventually } from '../support/eventually.ts';
import { trustEmulator } from './trust.ts';
import { virtualEnvironment } from './virtual-environment.ts';

const region = 'eu-west-1';
const startDeadlineMs = 30_000;

/**
 * Starts MiniStack, an AWS emulator, on a free port of this machine. It judges every call by the policies of the role
 * that makes it, as IAM does, and it is reached by TLS, because the policies of the queues demand that.
 * @param folder takes its certificate, its log and its files; the caller removes it after `stop`
 * @throws Error in one line
 */
export async function startEmulator(folder: string, onLine: (line: string) => void) {
  const programs = await virtualEnvironment(onLine);
  const certificate = await makeCertificate(folder);
  trustEmulator(certificate.file);
  const port = await freePort();
  // AWS's CLI and the `node` that runs the functions come first.
  const path = [programs, dirname(process.execPath), process.env.PATH].join(delimiter);
  const client = {
    PATH: path,
    AWS_ENDPOINT_URL: `https://localhost:${port}`,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // The account's root.
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    NODE_EXTRA_CA_CERTS: certificate.file,
    AWS_CA_BUNDLE: certificate.file,
  };
  const log = join(folder, 'ministack.log');
  const out = openSync(log, 'a');
  const server = spawn(join(programs, 'python'), ['-m', 'ministack'], {
    cwd: folder,
    // A group of its own, which `stop` ends with the processes of the functions.
    detached: true,
    stdio: ['ignore', out, out],
    env: {
      ...client,
      HOME: folder,
      TMPDIR: folder,
      S3_DATA_DIR: join(folder, 's3'),
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      MINISTACK_REGION: region,
      AUTH: 'true',
      USE_SSL: '1',
      MINISTACK_SSL_CERT: certificate.file,
      MINISTACK_SSL_KEY: certificate.key,
    },
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  const stop = async (): Promise<void> => {
    if (server.pid !== undefined) endGroup(server.pid);
    await ended;
  };
  process.once('exit', () => server.pid !== undefined && endGroup(server.pid));
  try {
    await eventually(
      `MiniStack answers (its log is ${log})`,
      async () => {
        if (server.exitCode !== null) throw new Error(`MiniStack ended at its start: see ${log}`);
        return fetch(`${client.AWS_ENDPOINT_URL}/_ministack/health`).then(
          ({ ok }) => ok,
          () => false,
        );
      },
      startDeadlineMs,
    );
  } catch (error) {
    await stop();
    throw error;
  }
  return { client, log, stop };
}

function endGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('This machine has no free port.');
  return address.port;
}
