import fc from 'fast-check';
import { anyCharacter } from '../support/characters.ts';
import type { IngestEndpoint } from './endpoints.ts';
import { fieldName, valueText } from './json-text.ts';
import { large } from './large-bodies.ts';
import { broken, mutated } from './mutation.ts';
import { canary, type FuzzRequest } from './request.ts';

const mostly = <T>(usual: T, ...others: T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const senderKey = mostly<string | undefined>(
  '{key}',
  undefined,
  '',
  `${canary}-wrong`,
  '{key}x',
  '{key},{key}',
  ' {key}',
  '{key} ',
  '{key}\u0000',
  'fuzz',
  '{"$gt":""}',
  `${canary}${'k'.repeat(9000)}`,
  `${canary}\ud800`,
);

const version = mostly<string | undefined>(
  '1.0',
  undefined,
  '',
  '  ',
  `${canary} 1`,
  '1,2',
  `${canary}\ud800é`,
  'v'.repeat(5000),
);
const correlationId = mostly<string | undefined>(
  undefined,
  'a-correlation-id',
  '',
  'x'.repeat(128),
  `${canary}${'x'.repeat(129)}`,
  `a\r\nset-cookie: ${canary}`,
  `a\u0000${canary}`,
  `${canary} with blanks`,
  `é${canary}`,
);
const contentType = mostly<string | undefined>(
  'application/json',
  undefined,
  '',
  'text/plain; charset=utf-16',
  'application/xml',
  'multipart/form-data; boundary=x',
  'application/json; charset=latin1',
  `application/${canary}`,
);
const oddHeaders = fc.dictionary(
  fc.constantFrom(
    'content-length',
    'transfer-encoding',
    'content-encoding',
    'x-forwarded-for',
    'constructor',
    'host',
  ),
  fc.constantFrom('0', 'gzip', 'chunked', canary, ''),
  { maxKeys: 2 },
);

const headers = fc.record({ version, correlationId, contentType, oddHeaders }).map((values) => {
  const named = {
    ...values.oddHeaders,
    'x-version': values.version,
    'x-correlation-id': values.correlationId,
    'content-type': values.contentType,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
});

/** Bytes that are not UTF-8, or are in another encoding. */
const encodings: readonly ((text: string) => Buffer)[] = [
  (text) => Buffer.from(text, 'utf16le'),
  (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]),
  (text) => Buffer.from(text.replace('a', 'é'), 'latin1'),
  (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
  (text) =>
    Buffer.concat([
      Buffer.from(text.slice(0, 20)),
      Buffer.from([0xc0, 0x80, 0xff, 0xed, 0xa0]),
      Buffer.from(text.slice(20)),
    ]),
  (text) => Buffer.from(text),
];

type Body = Pick<FuzzRequest, 'body' | 'isBase64Encoded'>;

function anyBody(sample: unknown): fc.Arbitrary<Body> {
  const text = JSON.stringify(sample);
  const asText = (body: string): Body => ({ body });
  const encoded = fc
    .tuple(fc.constantFrom(...encodings), fc.oneof(fc.constant(text), mutated(sample)))
    .map(([encode, json]): Body => ({ body: encode(json).toString('base64'), isBase64Encoded: true }));
  const notBase64 = fc
    .constantFrom(text, '', '====', `%%%${canary}`, Buffer.from(text).toString('base64').slice(0, -3))
    .map((body): Body => ({ body, isBase64Encoded: true }));
  return fc.oneof(
    { weight: 50, arbitrary: mutated(sample).map(asText) },
    { weight: 15, arbitrary: withUnknownFields(sample).map(asText) },
    { weight: 10, arbitrary: broken(text).map(asText) },
    { weight: 6, arbitrary: encoded },
    { weight: 2, arbitrary: notBase64 },
    { weight: 6, arbitrary: valueText.map(asText) },
    { weight: 3, arbitrary: fc.json({ maxDepth: 3 }).map(asText) },
    { weight: 2, arbitrary: fc.string({ unit: anyCharacter }).map(asText) },
    { weight: 1, arbitrary: fc.constant<Body>({}) },
    { weight: 3, arbitrary: large(sample).map((body): Body => ({ body })) },
  );
}

/** A sample that must be accepted: it has unknown fields beside the documented ones. */
const withUnknownFields = (sample: unknown): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.dictionary(fieldName.filter(isHarmless), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 3 }),
      fc.constantFrom(0, 1, 7),
    )
    .map(([unknown, space]) => {
      const add = (fields: object): object => ({ ...prefixed(unknown), ...fields });
      const extended = Array.isArray(sample)
        ? sample.map((entry) => add(entry as object))
        : add(sample as object);
      return JSON.stringify(extended, undefined, space);
    });

const isHarmless = (name: string): boolean => name !== '__proto__' && name !== 'constructor';
/** Names that are not in the document. */
const prefixed = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [`unknown ${name}`, value]));

/** Any request to an endpoint: most are nearly valid, some far from it. */
export const anyRequest = ({ webhook, sample }: IngestEndpoint): fc.Arbitrary<FuzzRequest> =>
  fc
    .record({
      senderKey,
      headers,
      body: anyBody(sample),
      query: mostly<string | undefined>(undefined, `a=${canary}&__proto__=1`, '%'),
    })
    .map(({ senderKey: key, body, query, headers: sent }) => ({
      webhook: webhook.name,
      ...(key !== undefined && { senderKey: key }),
      headers: sent,
      ...(query !== undefined && { query }),
      ...body,
    }));
