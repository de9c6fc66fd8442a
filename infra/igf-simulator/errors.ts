/** An error that is answered as such. An operation that throws it has committed nothing. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  /** The error body of the vendor document. The shape of `details` depends on the error. */
  readonly body: { readonly errorCode: string; readonly message: string; readonly details: unknown };

  constructor(status: number, message: string, details: unknown, errorCode = errorCodeOf(status)) {
    super(message);
    this.status = status;
    this.body = { errorCode, message, details };
  }
}

/** One wrong field of a request: where it is, and what was expected there. */
export interface WrongField {
  readonly path: string;
  readonly message: string;
}

/** E1000 with this message is the only error that the vendor document spells out. */
export function invalid(fields: readonly WrongField[]): Refusal {
  return new Refusal(400, 'Validation Error has occurred', fields, 'E1000');
}

/** The request is well-formed, but the state of the tenant does not allow it. */
export function notAllowed(reason: string, details: string | readonly WrongField[] = reason): Refusal {
  return new Refusal(400, reason, details);
}

export function notFound(what: string, details: string = what): Refusal {
  return new Refusal(404, `${what} does not exist`, details);
}

/** Any failure as an answer. The caller never sees an unexpected failure: it is printed. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isHttpError(error)) return new Refusal(error.statusCode, error.message, error.code);
  console.error('The IGF simulator failed:', error);
  return new Refusal(500, 'The simulator failed. Its terminal shows the error.', 'bug');
}

/** Whether the HTTP server itself refused the request: it is too large, or its path is not a URL. */
function isHttpError(error: unknown): error is Error & { statusCode: number; code: string } {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

/** The document names no code but E1000. The simulator's own codes contain the HTTP status: E1404. */
export function errorCodeOf(status: number): string {
  return `E1${status}`;
}
