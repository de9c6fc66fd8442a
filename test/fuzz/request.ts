/** A request to one endpoint, as plain data. The fuzzer makes it, the corpus stores it. */
export interface FuzzRequest {
  /** The catalogue's name of the webhook. */
  readonly webhook: string;
  /** The text in place of the sender key, in a header or in the path. `{key}` stands for the right one. */
  readonly senderKey?: string;
  /** Lower-case names, as the gateway hands them over. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query?: string;
  /** The body's text, or parts of it, some of them repeated. */
  readonly body?: string | readonly (string | Repeated)[];
  /** The text is base64 of the body, as the gateway hands over a binary body. */
  readonly isBase64Encoded?: boolean;
}

export interface Repeated {
  readonly repeat: string;
  readonly times: number;
}

/** The sender key while fuzzing. */
export const rightKey = 'fuzz-right-key-0b1c9d';

/** It is part of every text and key that the fuzzer makes, so that a leak of one is found. */
export const canary = 'kanarie-7f3a';

/** The sender key that a request carries. */
export const sentKey = ({ senderKey }: FuzzRequest): string | undefined =>
  senderKey?.replaceAll('{key}', rightKey);

export const bodyText = ({ body }: FuzzRequest): string | undefined =>
  body === undefined || typeof body === 'string'
    ? body
    : body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('');

/** The bytes that the sender posted. */
export const requestBytes = (request: FuzzRequest): Buffer =>
  Buffer.from(bodyText(request) ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
