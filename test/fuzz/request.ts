/** A request to one endpoint, as plain data: what the fuzzer makes, what the corpus keeps. */
export interface FuzzRequest {
  /** The catalogue's name of the webhook. */
  readonly webhook: string;
  /** What stands where the sender's secret belongs (header or path); `{key}` is the right one. Absent: nothing does. */
  readonly shown?: string;
  /** Lower-case names, as the gateway hands them over. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  /** The body's text, or pieces of it, of which some repeat. */
  readonly body?: string | readonly (string | Repeated)[];
  /** The text is base64 of the body, as the gateway hands over what it holds for binary. */
  readonly isBase64Encoded?: boolean;
}

export interface Repeated {
  readonly repeat: string;
  readonly times: number;
}

/** The sender's secret while fuzzing. */
export const rightKey = 'fuzz-right-key-0b1c9d';

/** Stands in every text and key that the fuzzer makes, so that one which is repeated anywhere is seen. */
export const canary = 'kanarie-7f3a';

/** The secret that a request shows. */
export const shownBy = ({ shown }: FuzzRequest): string | undefined => shown?.replaceAll('{key}', rightKey);

export const bodyText = ({ body }: FuzzRequest): string | undefined =>
  body === undefined || typeof body === 'string'
    ? body
    : body.map((piece) => (typeof piece === 'string' ? piece : piece.repeat.repeat(piece.times))).join('');

/** The bytes that the sender posted. */
export const bodyBytes = (request: FuzzRequest): Buffer =>
  Buffer.from(bodyText(request) ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
