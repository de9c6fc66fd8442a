/** The errors of a call to IGF. Messages name the operation and the status, never a payload or a key. */
export abstract class IgfError extends Error {
  readonly operation: string;

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(`${operation}: ${message}`, options);
    this.operation = operation;
  }
}

/** What IGF says about its refusal. Nothing in it repeats a value of the request. */
export interface RefusalReasons {
  /** The fields that IGF refuses, such as `customer.address.postalCode`. */
  readonly paths: readonly string[];
  /** IGF's own words, each with its field where it names one; also the fields without words. */
  readonly texts: readonly string[];
}

/** IGF understood the call and refuses it: 400, 409, 422, or 404 on a path that is known to be right. */
export class IgfRejectedError extends IgfError {
  override readonly name = 'IgfRejectedError';
  readonly status: number;
  /** IGF's own code, such as `E1000`. */
  readonly errorCode: string | undefined;
  readonly paths: readonly string[];

  constructor(operation: string, status: number, errorCode?: string, reasons?: RefusalReasons) {
    const { paths = [], texts = [] } = reasons ?? {};
    const code = errorCode ? ` (${errorCode})` : '';
    const said = texts.length > 0 ? `: ${texts.join('; ')}` : '';
    super(operation, `IGF refused it with ${status}${code}${said}`);
    this.status = status;
    this.errorCode = errorCode;
    this.paths = paths;
  }
}

/** The request does not fit IGF's document, so it was not sent: as final as a refusal. */
export class IgfRequestError extends IgfError {
  override readonly name = 'IgfRequestError';
  /** Where it does not fit, such as `customer.address.country`; never with a value. */
  readonly paths: readonly string[];

  constructor(operation: string, paths: readonly string[]) {
    super(operation, `the request was not sent, it does not fit IGF's document at ${paths.join(', ')}`);
    this.paths = paths;
  }
}

export type IgfRefusal = IgfRejectedError | IgfRequestError;

/** Whether the same request would fail the same way again. */
export const isRefusal = (error: unknown): error is IgfRefusal =>
  error instanceof IgfRejectedError || error instanceof IgfRequestError;

/** A call without a usable answer surely changed nothing (it was not sent, or turned away), or may have been done. */
type Effect = 'not-done' | 'unknown';

/** IGF could not be reached or could not answer: 429, 5xx, 401, 403, a timeout, a broken connection. Worth a retry. */
export class IgfUnavailableError extends IgfError {
  override readonly name: 'IgfUnavailableError' | 'IgfKeyError';
  readonly status: number | undefined;
  readonly effect: Effect;
  /** Seconds to wait, from IGF's `Retry-After`. */
  readonly retryAfter: number | undefined;

  constructor(
    operation: string,
    reason: string,
    more: {
      status?: number;
      effect: Effect;
      retryAfter?: number | undefined;
      cause?: unknown;
      /** Our api-key can't be read or sent. IGF's 401 and 403 mean the same. */
      hasNoKey?: boolean;
    },
  ) {
    super(operation, reason, { cause: more.cause });
    const isRefused = more.status === 401 || more.status === 403;
    this.name = more.hasNoKey || isRefused ? 'IgfKeyError' : 'IgfUnavailableError';
    this.status = more.status;
    this.effect = more.effect;
    this.retryAfter = more.retryAfter;
  }
}

/** 404 or 405 on a path that is only inferred: the path may be wrong. Never read as "does not exist". */
export class IgfPathError extends IgfError {
  override readonly name = 'IgfPathError';
  readonly status: number;

  constructor(operation: string, status: number) {
    super(operation, `IGF answered ${status} on a path that is only inferred: the path may be wrong`);
    this.status = status;
  }
}

/** IGF answered with a success status, but the answer does not match its document. The call may have been done. */
export class IgfContractError extends IgfError {
  override readonly name = 'IgfContractError';

  constructor(operation: string, message: string, options?: ErrorOptions) {
    super(operation, `IGF's answer does not match its document: ${message}`, options);
  }
}

/** Whether IGF's answer contradicts its document. Another call gets the same answer. */
export const isUnexpected = (error: unknown): boolean =>
  error instanceof IgfPathError || error instanceof IgfContractError || isRefusal(error);
