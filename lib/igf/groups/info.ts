/** What IGF knows of the tenant, and what it could forward. */
import { endpoint } from '../endpoint.ts';
import * as operations from '../operations.ts';
import { listOf } from '../schemas/answer-fields.ts';
import { Forwardable, ForwardableRequest, TenantInfo } from '../schemas/info.ts';

/** Counts of listings, orders and shipments, and the periods. */
export const get = () =>
  endpoint({
    operation: operations.getInfo,
    answer: TenantInfo,
    request: () => ({}),
  });

/** Asks whether items could be forwarded, without listing them. One answer for each item. */
export const forwardable = () =>
  endpoint({
    operation: operations.checkForwardable,
    body: ForwardableRequest,
    answer: listOf(Forwardable),
    request: (question: ForwardableRequest) => ({ body: question }),
  });
