import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import * as fc from 'fast-check';
import { signedHeaders } from '../../../lib/runtime/aws-signature.ts';
import { anyCharacter } from '../../support/characters.ts';

/** The credentials, the time and the scope of AWS's published test suite of signature version 4. */
const credentials = {
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
};
const suite = { service: 'service', region: 'us-east-1', ...credentials, now: Date.UTC(2015, 7, 30, 12, 36) };
const host = 'example.amazonaws.com';
const sessionToken =
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7' +
  'mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d' +
  '+xo0rKwT38xVqr7ZD0u0iPPkUL64lIZbqBAz+scqKmlzm8FDrypNC9Yjc8fPOLn9FX9KSYvKTr4rvx3iSIlTJabIQwj2ICCR/oLxBA==';

/** AWS's test vectors of a POST to `/`. */
test.each([
  [
    'post-vanilla',
    {},
    '',
    'host;x-amz-date',
    '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
  ],
  [
    'post-header-value-case',
    { 'my-header1': 'VALUE1' },
    '',
    'host;my-header1;x-amz-date',
    'cdbc9802e29d2942e5e10b5bccfdd67c5f22c7c4e8ae67b53629efa58b974b7d',
  ],
  [
    'post-x-www-form-urlencoded',
    { 'content-type': 'application/x-www-form-urlencoded' },
    'Param1=value1',
    'content-type;host;x-amz-date',
    'ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a',
  ],
])('the signature is that of AWS’s test vector %s', (_name, headers, body, names, signature) => {
  expect(signedHeaders({ host, ...headers }, body, suite)).toEqual({
    host,
    ...headers,
    'x-amz-date': '20150830T123600Z',
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=${names}, Signature=${signature}`,
  });
});

test('a session token is sent and signed, as in AWS’s test vector post-sts-header-before', () => {
  const signed = signedHeaders({ host }, '', { ...suite, sessionToken });

  expect(signed['x-amz-security-token']).toBe(sessionToken);
  expect(signed.authorization).toContain(
    'SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=85d96828115b5dc0cfc3bd16ad9e210dd772bbebba041836c64533a82be05ead',
  );
});

/** The hash that the SDK's signer is given. */
class Sha256 {
  readonly #hash;
  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret ? createHmac('sha256', secret as Uint8Array) : createHash('sha256');
  }
  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }
  reset(): void {}
  digest = async (): Promise<Uint8Array> => this.#hash.digest();
}

const word = fc.string({ unit: fc.constantFrom(...'abz09-/+=ABZ'), minLength: 1, maxLength: 30 });

test('any call is signed as the SDK’s own signer signs it', async () => {
  const call = fc.record({
    service: fc.constantFrom('sqs', 'secretsmanager'),
    region: fc.constantFrom('eu-west-1', 'eu-central-1'),
    credentials: fc.record(
      { accessKeyId: word, secretAccessKey: word, sessionToken: word },
      { requiredKeys: ['accessKeyId', 'secretAccessKey'] },
    ),
    now: fc.integer({ min: 0, max: 4e12 }),
    target: word,
    body: fc.string({ unit: anyCharacter }),
  });
  await fc.assert(
    fc.asyncProperty(call, async ({ target, body, now, credentials, ...scope }) => {
      const headers = { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target };
      const signer = new SignatureV4({ ...scope, credentials, sha256: Sha256, applyChecksum: false });
      const request = { protocol: 'https:', hostname: host, method: 'POST', path: '/', headers, body };
      const { headers: wanted } = await signer.sign(request, { signingDate: new Date(now) });

      expect(signedHeaders(headers, body, { ...scope, ...credentials, now })).toEqual(wanted);
    }),
    { numRuns: 50 },
  );
});
