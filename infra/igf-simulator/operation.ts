import type { Moment } from './life/moment.ts';

/** One call of an operation, past the key check. */
export interface Call extends Moment {
  /** Decoded parts of the path, by their name in the operation's template. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** The query as it was sent, without "?": IGF treats an encoded comma differently from a plain one. */
  readonly query: string;
  /** The JSON body; undefined when there is none. */
  readonly body: unknown;
}

/** An operation of the vendor document. */
export interface Operation {
  /** Method and path template under the base URL: `PUT /listings/cancel/{listingId}`. */
  readonly name: `${'GET' | 'POST' | 'PUT' | 'DELETE'} /${string}`;
  /** Status of the answer when all goes well; 204 where the document shows no body but that of an error. */
  readonly status: 200 | 201 | 204;
  /** Reads, then commits at once (never asynchronously), and returns the body of the answer; throws `Refusal`. */
  readonly run: (call: Call) => unknown;
}
