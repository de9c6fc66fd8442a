import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** The files of a certificate and its key, in PEM. */
export interface Certificate {
  readonly file: string;
  readonly key: string;
}

/**
 * Makes a certificate that is its own authority, for this machine: for `localhost`, for the names of APIs below it, and for
 * 127.0.0.1. @throws Error without openssl
 */
export async function makeCertificate(folder: string): Promise<Certificate> {
  const file = join(folder, 'certificate.pem');
  const key = join(folder, 'key.pem');
  const names = 'subjectAltName=DNS:localhost,DNS:*.execute-api.localhost,IP:127.0.0.1';
  const keyKind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  const subject = ['-days', '7', '-subj', '/CN=localhost', '-addext', names];
  const files = ['-keyout', key, '-out', file];
  try {
    await promisify(execFile)('openssl', ['req', '-x509', ...keyKind, ...files, ...subject]);
  } catch (error) {
    throw new Error(`A certificate needs openssl. ${String(error).split('\n')[0]}`);
  }
  return { file, key };
}
