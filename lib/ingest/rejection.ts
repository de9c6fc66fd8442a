import * as z from 'zod/mini';
import { largestKeptBytes, mostFaults } from '../config/limits.ts';
import { escapeBeyondAscii, word } from '../webhooks/envelope.ts';

/** Ingest keeps no larger body. A longer text was put on the queue by hand, and might not fit into a table item. */
const longestBase64 = 4 * Math.ceil(largestKeptBytes / 3);

const short = z.string().check(z.maxLength(2000));

/** The quarantine's message: a delivery answered 406 or 413, or accepted in part. Lazy: ingest only writes it. */
const Message = /* @__PURE__ */ z.lazy(() =>
  z.object({
    schema: z.literal(1),
    /** The event id that the delivery has or, once accepted, would have. */
    id: word,
    /** Identifies this one delivery, so that a message which SQS delivers twice is counted once. */
    delivery: word,
    webhook: word,
    /** The version header, empty when there was none. */
    version: z.string(),
    /** ISO 8601 UTC. */
    receivedAt: z.iso.datetime(),
    correlationId: short,
    /** Paths and messages of our own making, never a value. */
    errors: z.array(z.object({ path: short, message: short })).check(z.maxLength(mostFaults + 1)),
    /** It was accepted without the list entries that the errors are about. */
    acceptedInPart: z.optional(z.boolean()),
    /** In base64: SQS refuses some characters, and a body of control characters would grow sixfold as JSON. */
    body: z.string().check(z.maxLength(longestBase64), z.regex(/^[A-Za-z0-9+/]*={0,2}$/)),
  }),
);

export type Rejection = Omit<z.infer<typeof Message>, 'body'> & { body: Uint8Array };

/** Characters of a version header that are kept. The documented ones have five. */
const longestVersion = 200;

/** The rejection as the text of a queue message: JSON of ASCII alone, at most some 500 KB. */
export const writeRejection = ({ body, version, ...rejection }: Rejection): string =>
  escapeBeyondAscii(
    JSON.stringify({
      ...rejection,
      version: version.slice(0, longestVersion),
      body: Buffer.from(body).toString('base64'),
    }),
  );

/** @returns the rejection, or `undefined` when the text is not one (someone put it on the queue by hand). */
export function readRejection(text: string): Rejection | undefined {
  try {
    const parsed = z.safeParse(Message, JSON.parse(text));
    return parsed.success ? { ...parsed.data, body: Buffer.from(parsed.data.body, 'base64') } : undefined;
  } catch {
    return undefined;
  }
}
