/** The error body of the vendor document; `details` can have different shapes depending on the error. */
export interface ErrorBody {
  readonly errorCode: string;
  readonly message: string;
  readonly details: unknown;
}

/** A refusal that the API answers as its error body. Nothing is committed when an operation throws it. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: number;
  readonly body: ErrorBody;

  constructor(status: number, errorCode: string, message: string, details: unknown) {
    super(message);
    this.status = status;
    this.body = { errorCode, message, details };
  }
}

/** One thing that is wrong with a request: where, and what was expected there. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** E1000 with this message is the one error that the vendor document spells out. */
export function invalid(problems: readonly Problem[]): Refusal {
  return new Refusal(400, 'E1000', 'Validation Error has occurred', problems);
}

/** The request is well-formed, but the state it meets does not allow it. */
export function notAllowed(reason: string): Refusal {
  return new Refusal(400, codeOf(400), reason, reason);
}

export function notFound(what: string, details: string = what): Refusal {
  return new Refusal(404, codeOf(404), `${what} does not exist`, details);
}

/** Any failure as an answer. What the simulator did not foresee goes to the terminal, never to the caller. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (isHttpError(error))
    return new Refusal(error.statusCode, codeOf(error.statusCode), error.message, error.code);
  console.error('The IGF simulator failed:', error);
  return new Refusal(500, codeOf(500), 'The simulator failed; its terminal says why', 'bug');
}

/** A request that the HTTP server itself refuses: too large, not a URL. */
function isHttpError(error: unknown): error is Error & { statusCode: number; code: string } {
  return error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500;
}

/** The document names no other code than E1000; the simulator's own ones say the HTTP status: E1404. */
export function codeOf(status: number): string {
  return `E1${status}`;
}
