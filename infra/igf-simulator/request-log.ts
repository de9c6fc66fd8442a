/** One request to the API, as `GET /_simulator/requests` shows it. */
export interface RecordedRequest {
  readonly method: string;
  /** Without the base path, with the query as it was sent. */
  readonly path: string;
  /** The JSON body, the bare text when it is not JSON, null when there is none. */
  body: unknown;
  /** null: no answer was sent (the connection was dropped, the caller left, or the answer is still held back). */
  status: number | null;
}

/** Every request to the API in order of arrival, refused ones included. */
export class RequestLog {
  readonly #requests: RecordedRequest[] = [];

  /** The caller completes body and status as they become known. */
  arrived(method: string, path: string): RecordedRequest {
    const request: RecordedRequest = { method, path, body: null, status: null };
    this.#requests.push(request);
    return request;
  }

  all(): readonly RecordedRequest[] {
    return this.#requests;
  }
}
