import { isUtf8 } from 'node:buffer';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { largestReadBytes } from '../config/limits.ts';
import { notAcceptable, type Problem, tooLarge } from './answers.ts';

/** A body as the gateway passes it: one that it considers binary is base64. */
export type PostedBody = Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded'>;

export const postedBytes = ({ body, isBase64Encoded }: PostedBody): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/** Node's function for each encoding. */
type Unpacker = 'gunzipSync' | 'inflateSync' | 'brotliDecompressSync' | 'zstdDecompressSync';
const encodings: ReadonlyMap<string, Unpacker> = new Map([
  ['gzip', 'gunzipSync'],
  ['x-gzip', 'gunzipSync'],
  ['deflate', 'inflateSync'],
  ['br', 'brotliDecompressSync'],
  ['zstd', 'zstdDecompressSync'],
]);

/** HTTP's `deflate` has a zlib header by its standard, and none by the habit of some senders. */
const hasZlibHeader = (bytes: Buffer): boolean =>
  ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.length > 1 && bytes.readUInt16BE(0) % 31 === 0;

/** Encodings that exist, and that the bridge names in its answer. Any other text of a header is not repeated. */
const others = 'compress x-compress exi pack200-gzip aes128gcm lzma xz bzip2 dcb'.split(' ');

/** Senders apply one encoding. Each more could unpack to much more. */
const mostEncodings = 2;

/** Undoes `content-encoding`. @throws Problem 406 if that can't be done, 413 if the result is too large */
export function unpack(bytes: Buffer, contentEncoding = ''): Buffer {
  const names = contentEncoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > mostEncodings) throw notUnpacked('more than two encodings');
  return names.reduceRight(unpackOne, bytes);
}

function unpackOne(bytes: Buffer, name: string): Buffer {
  const standard = encodings.get(name);
  if (!standard) throw notUnpacked(others.includes(name) ? name : 'an encoding that it does not know');
  try {
    // Loaded for the first packed body: most senders pack none.
    const zlib = process.getBuiltinModule('node:zlib');
    const decode = name === 'deflate' && !hasZlibHeader(bytes) ? 'inflateRawSync' : standard;
    return zlib[decode](bytes, { maxOutputLength: largestReadBytes });
  } catch (error) {
    if (Object(error).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw notUnpacked(name);
  }
}

const notUnpacked = (encoding: string): Problem =>
  notAcceptable(`The bridge cannot unpack ${encoding}. Send plain JSON, or gzip, deflate, br or zstd.`, {
    path: 'content-encoding',
    message: `${encoding}: cannot be unpacked`,
  });

/**
 * The text of a body: UTF-8, with or without a byte order mark, otherwise in the content type's charset.
 * @throws Problem 406 for bytes that no named charset reads: a guess would put wrong letters on a label
 */
export function decodeText(bytes: Buffer, contentType = ''): string {
  // Without a decoder, which is slow to load.
  if (isUtf8(bytes)) return bytes.toString().replace(/^\ufeff/, '');
  const [, charset = 'utf-8'] = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    const detail = 'The body is not UTF-8. Send UTF-8, or name its charset in the content type.';
    throw notAcceptable(detail, { path: '', message: 'is not UTF-8' });
  }
}
