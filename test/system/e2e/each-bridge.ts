import { afterAll, beforeAll, expect } from '@jest/globals';
import { eventually } from '../../support/eventually.ts';
import { type IgfRequest, type RunningBridge, startBridge } from './running-bridge.ts';

/** Starts the bridge for the tests of a file. What they send must be accepted. */
export function eachBridge() {
  const at = {} as { bridge: RunningBridge };
  beforeAll(async () => {
    at.bridge = await startBridge();
  });
  afterAll(() => at.bridge?.stop());

  const accepted = async (path: string, payload: unknown) => {
    const answer = await at.bridge.post(path, payload);
    expect(answer.status).toBe(202);
  };
  const shipped = (payload: unknown) => accepted('stock-hub/v1/shipment', payload);
  const returned = (payload: unknown) => accepted('stock-hub/v1/rma', payload);
  const v2Returned = (payload: unknown) => accepted('push-api/v2/rma', payload);
  const itemClosed = (payload: unknown) => accepted('push-api/v1/rma-item', payload);

  const reaches = (orderId: string, state: string, returnId?: string) =>
    eventually(`${orderId} ${returnId ?? ''} is ${state}`, async () => {
      const item = await at.bridge.returnItem(orderId, returnId);
      return item?.state === state && item;
    });

  /** IGF's answers to `POST /listings` for an order; a listing that IGF committed without an answer counts. */
  const listingCalls = async (orderId: string): Promise<IgfRequest[]> =>
    (await at.bridge.igfRequests()).filter(
      ({ method, path, body }) =>
        method === 'POST' && path === '/listings' && body.listingWebshopOrderId === orderId,
    );

  /** What stands at IGF, asked there: the count that matters. */
  const listingsAtIgf = async (orderId: string): Promise<{ id: number; status: string }[]> =>
    (await (await at.bridge.igf('GET', `/listings/all?listingWebshopOrderId=${orderId}`)).json()) as never;

  const cancelsOf = async (listingId: number) =>
    (await at.bridge.igfRequests()).filter(
      ({ method, path }) => method === 'PUT' && path === `/listings/cancel/${listingId}`,
    );

  const callsAbout = async (orderId: string) =>
    (await at.bridge.igfRequests()).filter((request) => JSON.stringify(request).includes(orderId));

  return {
    ...{ at, shipped, returned, v2Returned, itemClosed },
    ...{ reaches, listingCalls, listingsAtIgf, cancelsOf, callsAbout },
  };
}
