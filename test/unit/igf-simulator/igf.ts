import type { RecordedRequest } from '../../../infra/igf-simulator/simulation.ts';
import { type Simulator, startIgfSimulator } from '../../../infra/igf-simulator/simulator.ts';
import type { SentWebhook } from '../../../infra/igf-simulator/webhooks/outbox.ts';

export const apiKey = 'a-key';

interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: the tests are about the content of answers
  body: any;
  headers: Headers;
}

/** A simulator for the calling file, in its initial state at the start of each test, and the calls that a test makes. */
export function igf() {
  const clock = { now: 0 };
  const answered: { method: string; path: string; status: number | null }[] = [];
  let simulator: Simulator | undefined;

  beforeEach(async () => {
    clock.now = Date.parse('2025-03-01T10:00:00Z');
    simulator ??= await startIgfSimulator({
      port: 0,
      apiKey,
      now: () => clock.now,
      onRequest: (request) => answered.push(request),
    });
    await control('DELETE', '');
    answered.length = 0;
  });
  afterAll(close);

  const url = () => simulator?.url ?? '';
  const origin = () => new URL(url()).origin;

  async function close(): Promise<void> {
    await simulator?.close();
    simulator = undefined;
  }

  /** A call as a customer of IGF makes it; `init` replaces parts of the request. */
  async function call(method: string, path: string, body?: unknown, init: RequestInit = {}): Promise<Answer> {
    return answerOf(
      await fetch(url() + path, {
        method,
        headers: { 'api-key': apiKey, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        ...init,
      }),
    );
  }

  /** A control request, as `curl -d` makes it. */
  async function control(method: string, path: string, body?: unknown): Promise<Answer> {
    return answerOf(
      await fetch(`${origin()}/_simulator${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );
  }

  return {
    clock,
    answered,
    origin,
    call,
    control,
    close,
    fault: (fault: object) => control('POST', '/faults', fault),
    requests: async (): Promise<RecordedRequest[]> => (await control('GET', '/requests')).body,
    event: (eventType: string, listingId: number | number[] = 1) =>
      control('POST', '/events', { eventType, listingId }),
    webhookFault: (webhookFault: object) => control('POST', '/webhooks', webhookFault),
    /** Webhooks that were sent, were dropped or wait, in the order of the events. */
    sent: async (): Promise<SentWebhook[]> => (await control('GET', '/webhooks')).body,
    /** The status of listing 1, of its order and of its shipment. */
    statuses: async () => ({
      listing: (await call('GET', '/listings/1')).body.status,
      order: (await call('GET', '/orders?listingId=1')).body.status,
      shipment: (await call('GET', '/shipments?listingId=1')).body.status?.split(' ')[0],
    }),
    /** Buys listing 1, unless `change` names another. */
    buy: async (change: object = {}) => (await call('POST', '/orders', anOrder(change))).body,
    label: async (orderId = 1) => (await call('POST', '/shipments', { orderId })).body,
    list: async (change: object = {}) => (await call('POST', '/listings', aListing(change))).body,
  };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: jsonOrText(text) };
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** What `statuses` finds when listing, order and shipment have the same status. */
export const allStatuses = (status: string) => ({ listing: status, order: status, shipment: status });

/** A complete request to create a listing. */
export function aListing(change: object = {}) {
  return {
    sku: '381189-L',
    productId: '381189',
    listingWebshopOrderId: '000000549',
    returnReason: 'too_big',
    originalPrice: 270,
    customer: aCustomer(),
    ...change,
  };
}

/** A complete request to buy listing 1. */
export function anOrder(change: object = {}) {
  return { listingId: 1, webshopOrderId: 'W-2', customer: aBuyer(), ...change };
}

export function aBuyer(change: object = {}) {
  return aCustomer({ email: 'bo@example.com', lastName: 'Buyer', ...change });
}

export function aWarehouse(change: object = {}) {
  return {
    name: 'Main Warehouse',
    postalCode: '2645 JT',
    city: 'Delfgauw',
    countryCode: 'NL',
    houseNumber: '33a',
    street: 'Warehouse street',
    ...change,
  };
}

export function aRegularReturn(change: object = {}) {
  return {
    webshopOrderId: '000000549',
    products: [{ sku: '381189-L', productId: '381189' }],
    customer: aCustomer(),
    ...change,
  };
}

export function aCustomer(change: object = {}) {
  return { email: 'jan@example.com', lastName: 'de Vries', address: anAddress(), ...change };
}

export function anAddress(change: object = {}) {
  return {
    street: 'Keizersgracht',
    houseNr: '12a',
    city: 'Amsterdam',
    postalCode: '1015 CJ',
    country: 'NL',
    ...change,
  };
}
