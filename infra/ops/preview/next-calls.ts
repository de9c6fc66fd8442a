import { questionAbout } from '../../../lib/actions/check-forwardable.ts';
import type { Decision } from '../../../lib/decide/decision.ts';
import type { ListingRequest } from '../../../lib/igf/api/listings.ts';
import type { AnyDefinition, Definition } from '../../../lib/igf/endpoint.ts';
import { IgfRequestError } from '../../../lib/igf/errors.ts';
import { checkRequest, requestUrl } from '../../../lib/igf/http-messages.ts';
import type { PathCorrections } from '../../../lib/igf/path-corrections.ts';
import { workerOperations as igf } from '../../../lib/igf/worker-igf.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { shownBody } from './shown-body.ts';

/** A call to IGF as it would be made, without anything personal. */
export interface NextCall {
  /** Completes "…, then"; absent where the call follows in any case. */
  readonly when?: string;
  readonly method: string;
  /** Below the base URL, with its query. */
  readonly path: string;
  readonly body?: unknown;
  /** Why it would not be sent after all. */
  readonly unsent?: string;
}

/** The call that a method of the client makes with these arguments, by the same rows and schemas. */
export function callOf<Arguments extends unknown[]>(
  define: () => Definition<Arguments, unknown>,
  args: Arguments,
  corrections: PathCorrections,
): NextCall {
  const definition = define();
  const operation = { ...definition.operation, ...corrections[definition.operation.name] };
  const request = definition.request(...args);
  const unsent = faultOf({ ...definition, operation }, request);
  return {
    method: operation.method,
    path: requestUrl('', operation.path, request),
    ...(request.body !== undefined && { body: shownBody(request.body) }),
    ...(unsent !== undefined && { unsent }),
  };
}

function faultOf(
  definition: Omit<AnyDefinition, 'request'>,
  request: Parameters<typeof checkRequest>[2],
): string | undefined {
  try {
    checkRequest(definition.operation, { ...definition, request: () => request }, request);
    return undefined;
  } catch (error) {
    if (error instanceof IgfRequestError) return error.message;
    throw error;
  }
}

/**
 * The calls to IGF by which the worker carries a decision out, in their order; none when IGF is not called. What depends
 * on an answer of IGF's says so.
 */
export function nextCalls(item: ReturnItem, { action }: Decision, corrections: PathCorrections): NextCall[] {
  const list = (request: ListingRequest, when?: string): NextCall => ({
    ...(when !== undefined && { when }),
    ...callOf(igf.listings.create, [request], corrections),
  });
  const findListing = (): NextCall[] =>
    item.listedAs ? [callOf(igf.listings.ofWebshopOrder, [item.listedAs.webshopOrderId], corrections)] : [];
  const ordersOf = (listingId: number) => callOf(igf.orders.ofListing, [listingId], corrections);

  switch (action.kind) {
    case 'check':
      return [
        callOf(igf.info.forwardable, [questionAbout(action.request)], corrections),
        list(action.request, 'where it is Available'),
      ];
    case 'list': {
      if (!action.checkFirst) return [list(action.request)];
      return [...findListing(), list(action.request, 'where none of them carries the mark of this return')];
    }
    case 'resolve':
      return findListing();
    case 'cancel': {
      const { listingId, checkFirst } = action;
      const asked = checkFirst ? [callOf(igf.listings.get, [listingId], corrections)] : [];
      const when = 'where it is not cancelled already';
      const calls = [ordersOf(listingId), callOf(igf.listings.cancel, [listingId], corrections)];
      return [...asked, ...calls.map((call) => (checkFirst ? { when, ...call } : call))];
    }
    case 'deliver': {
      const deliver = callOf(igf.shipments.setDelivered, [action.shipmentId], corrections);
      if (!action.checkFirst) return [deliver];
      const asked = callOf(igf.shipments.get, [action.shipmentId], corrections);
      return [asked, { when: 'where it is not Completed already', ...deliver }];
    }
    case 'regular-return': {
      if (!action.checkFirst) return [callOf(igf.returns.create, [action.request], corrections)];
      return [callOf(igf.returns.all, [], corrections)];
    }
    case 'place': {
      const { listingId, match, checkFirst } = action;
      if (checkFirst) return [ordersOf(listingId)];
      // The customer is read from the shipment right before the call, and is not shown anyway.
      const order = { listingId, webshopOrderId: match.orderId, customer: unread };
      const { unsent: _, ...call } = callOf(igf.orders.commit, [order], corrections);
      return [call];
    }
    case 'confirm': {
      const confirm = callOf(igf.orders.confirm, [action.match.igfOrderId ?? 0], corrections);
      return action.checkFirst ? whereOpen(action.listingId, confirm) : [confirm];
    }
    case 'withdraw': {
      const { listingId, match } = action;
      if (match.igfOrderId === undefined) return [ordersOf(listingId)];
      return whereOpen(listingId, callOf(igf.orders.reject, [match.igfOrderId], corrections));
    }
    default:
      return [];
  }

  /** IGF is asked how the order of a listing stands before it is changed. */
  function whereOpen(listingId: number, change: NextCall): NextCall[] {
    const listing = callOf(igf.listings.get, [listingId], corrections);
    return [
      ordersOf(listingId),
      { when: 'where the order is there', ...listing },
      { when: 'where it is still open', ...change },
    ];
  }
}

const unread = {
  email: '',
  firstName: '',
  lastName: '',
  language: '',
  address: { street: '', houseNr: '', city: '', postalCode: '', country: '' },
};
