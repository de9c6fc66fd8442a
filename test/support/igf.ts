import type { RecordedRequest } from '../../infra/igf-simulator/simulation.ts';
import { startIgfSimulator } from '../../infra/igf-simulator/simulator.ts';

export const igfKey = 'integration-igf-key';

/** A listing as the simulated IGF answers it. */
export interface IgfListing {
  readonly id: number;
  readonly sku: string;
  readonly status: string;
  readonly returnReasonComment: string;
  readonly sender: { readonly email: string };
}

/** An ItGoesForward of the test's own: what reached it, what it holds, and how it should misbehave. */
export interface TestIgf {
  readonly url: string;
  /** `POST /_simulator/faults`. */
  fault(fault: Record<string, unknown>): Promise<void>;
  /** `POST /_simulator/settings`. */
  set(settings: Record<string, unknown>): Promise<void>;
  /** From now on nothing misbehaves; what IGF holds stays. */
  mend(): Promise<void>;
  /** Every request that reached the API, those of the test itself left out. */
  requests(): Promise<RecordedRequest[]>;
  /** The bodies of every `POST /listings`, whatever was answered. */
  posts(): Promise<RecordedRequest[]>;
  /** Paths of every `PUT /listings/cancel/…`. */
  cancellations(): Promise<string[]>;
  /** Every listing that IGF holds. */
  listings(): Promise<IgfListing[]>;
  /** Lists something as somebody else: another channel of the tenant, or the customer in IGF's own shop. */
  list(request: object): Promise<IgfListing>;
  /** Cancels a listing as somebody else. */
  cancel(listingId: number): Promise<void>;
  /** Lets the world go on: `POST /_simulator/orders` somebody buys, `POST /_simulator/events` something happens. */
  happens(path: '/orders' | '/events', body: object): Promise<void>;
  /** What IGF answers to somebody else, such as `/shipments/1`. */
  see(path: string): Promise<Record<string, unknown>>;
  /** Something that somebody else asks of IGF. */
  does(method: string, path: string, body: object): Promise<void>;
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** Marks the calls of the tests themselves: IGF ignores a parameter that it does not know. */
const byTest = 'by=the-test';

/** Starts the simulator on a free port. */
export async function startTestIgf(): Promise<TestIgf> {
  const simulator = await startIgfSimulator({ port: 0, apiKey: igfKey });
  const origin = new URL(simulator.url).origin;

  const control = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${origin}/_simulator${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const call = async (method: string, path: string, body?: unknown): Promise<Response> => {
    const response = await fetch(`${simulator.url}${path}?${byTest}`, {
      method,
      headers: { 'api-key': igfKey, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response;
  };
  const requests = async (): Promise<RecordedRequest[]> => {
    const all = (await (await control('GET', '/requests')).json()) as RecordedRequest[];
    return all.filter(({ path }) => !path.includes(byTest));
  };

  return {
    url: simulator.url,
    requests,
    fault: async (fault) => {
      await control('POST', '/faults', fault);
    },
    set: async (settings) => {
      await control('POST', '/settings', settings);
    },
    mend: async () => {
      await control('DELETE', '/faults');
    },
    posts: async () => (await requests()).filter(({ method }) => method === 'POST'),
    cancellations: async () =>
      (await requests()).flatMap(({ method, path }) =>
        method === 'PUT' && path.startsWith('/listings/cancel/') ? [path] : [],
      ),
    listings: async () => (await (await call('GET', '/listings/all')).json()) as IgfListing[],
    list: async (request) => (await (await call('POST', '/listings', request)).json()) as IgfListing,
    cancel: async (listingId) => {
      await call('PUT', `/listings/cancel/${listingId}`, {});
    },
    happens: async (path, body) => {
      await control('POST', path, body);
    },
    see: async (path) => (await (await call('GET', path)).json()) as Record<string, unknown>,
    does: async (method, path, body) => {
      await call(method, path, body);
    },
    forget: async () => {
      await control('DELETE', '');
    },
    close: () => simulator.close(),
  };
}
