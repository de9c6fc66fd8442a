import * as z from 'zod/mini';
import { clientOf } from '../../../lib/igf/client.ts';
import {
  type AnyEndpoint,
  operationName,
  type PathCorrections,
  type RequestParts,
} from '../../../lib/igf/endpoint.ts';
import { IgfError, IgfUnavailableError } from '../../../lib/igf/errors.ts';
import { checkRequest, requestUrl } from '../../../lib/igf/http-messages.ts';
import { type Igf, workerOperations } from '../../../lib/igf/worker-igf.ts';

/** A call to IGF that a preview recorded instead of sending it. */
export interface RecordedCall {
  readonly method: string;
  /** Below the base URL, with its query. */
  readonly path: string;
  /** Without personal data. */
  readonly body?: unknown;
  /** Why the client refuses to send it. */
  readonly unsent?: string;
  /** Whether the worker continued with an empty list as the answer. */
  readonly isAssumedEmpty: boolean;
}

/**
 * IGF for a preview: the worker's own operations, which record each call and send nothing. A read of a list answers with
 * an empty list, so that the call after it is recorded too. Any other call fails as one that was never sent.
 */
export const recordingIgf = (corrections: PathCorrections, record: (call: RecordedCall) => void): Igf =>
  clientOf(workerOperations, corrections, async (endpoint, request) => answer(endpoint, request, record));

function answer(endpoint: AnyEndpoint, request: RequestParts, record: (call: RecordedCall) => void): unknown {
  const { operation } = endpoint;
  const empty = operation.method === 'GET' ? z.safeParse(endpoint.answer, []) : ({ success: false } as const);
  const call = {
    method: operation.method,
    path: requestUrl('', operation.path, request),
    ...(request.body !== undefined && { body: redactBody(request.body) }),
    isAssumedEmpty: empty.success,
  };
  try {
    checkRequest(endpoint, request);
  } catch (error) {
    if (error instanceof IgfError) record({ ...call, unsent: error.message, isAssumedEmpty: false });
    throw error;
  }
  record(call);
  if (empty.success) return empty.data;
  throw new IgfUnavailableError(operationName(operation), 'not sent by a preview', { effect: 'not-done' });
}

/** The fields of IGF's bodies without personal data. */
const impersonal = new Set([
  ...['sku', 'productId', 'listingWebshopOrderId', 'webshopOrderId', 'returnReason', 'returnReasonComment'],
  ...['originalPrice', 'quantity', 'maxQuantity', 'listingId', 'cancelReason', 'action', 'items', 'products'],
]);

/** The mark of a return at the end of a comment. The customer's own words come before it. */
const mark = /\[[^[\]]*\]$/;

/** A request's body without personal data: `…` replaces each removed value. */
export function redactBody(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(redactBody);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (!impersonal.has(name)) return [name, '…'];
      return [name, name === 'returnReasonComment' ? redactComment(value) : redactBody(value)];
    }),
  );
}

function redactComment(comment: unknown): string {
  const text = String(comment);
  const [own = ''] = mark.exec(text) ?? [];
  return text === own ? own : `… ${own}`.trim();
}
