import { createHmac, hash } from 'node:crypto';
import type { AwsCredentials } from './shims/environment-credentials.ts';

const sha256 = (text: string): string => hash('sha256', text);
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The headers of a POST to `/` with AWS's signature (version 4) of all of them and of the body.
 * @param given their names in lower case; `host` is one of them
 * @param service as AWS signs it, such as `sqs`
 * @param now milliseconds since the epoch
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function signedHeaders(
  given: Readonly<Record<string, string>>,
  body: string,
  { service, region, now, ...credentials }: AwsCredentials & { service: string; region: string; now: number },
): Record<string, string> {
  const { accessKeyId, secretAccessKey, sessionToken: token } = credentials;
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '');
  const headers = { ...given, 'x-amz-date': time, ...(token && { 'x-amz-security-token': token }) };
  const sorted = Object.entries<string>(headers).sort(([one], [other]) => (one < other ? -1 : 1));
  const names = sorted.map(([name]) => name).join(';');
  const lines = sorted.map(([name, value]) => `${name}:${value}\n`).join('');
  const request = `POST\n/\n\n${lines}\n${names}\n${sha256(body)}`;

  const parts = [time.slice(0, 8), region, service, 'aws4_request'];
  const scope = parts.join('/');
  const key = parts.reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  const signature = hmac(key, `AWS4-HMAC-SHA256\n${time}\n${scope}\n${sha256(request)}`).toString('hex');
  const signed = `Credential=${accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization: `AWS4-HMAC-SHA256 ${signed}` };
}
