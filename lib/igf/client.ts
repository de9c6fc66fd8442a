import type { AnyEndpoint, Endpoint } from './endpoint.ts';
import { igfTransport, type TransportOptions } from './transport.ts';

/** Endpoints by the name of their method, such as `import * as orders from './groups/orders.ts'`. */
export type EndpointGroup = Readonly<Record<string, AnyEndpoint>>;

/** The methods of a group: an `Endpoint<[id: number], Listing>` becomes a method `(id: number) => Promise<Listing>`. */
export type Methods<Group> = {
  readonly [Name in keyof Group]: Group[Name] extends Endpoint<infer Arguments, infer Answer>
    ? (...args: Arguments) => Promise<Answer>
    : never;
};

export type IgfClient<Groups> = { readonly [Name in keyof Groups]: Methods<Groups[Name]> };

/**
 * ItGoesForward's REST API with the groups, or the single operations of a group, that the caller names: nothing else
 * gets into its bundle. `groups.ts` has all of them.
 *
 *     const igf = igfClient(options, { listings, shipments: { setDelivered: shipments.setDelivered } });
 *     await igf.listings.create(request);
 *
 * @throws IgfRequestError, IgfRejectedError, IgfUnavailableError, IgfPathError or IgfContractError, by every method.
 */
export function igfClient<const Groups extends Readonly<Record<string, EndpointGroup>>>(
  options: TransportOptions,
  groups: Groups,
): IgfClient<Groups> {
  const send = igfTransport(options);
  const method = (endpoint: AnyEndpoint) => {
    const definition = endpoint();
    return (...args: never[]) => send(definition, definition.request(...args));
  };
  const methods = (group: EndpointGroup) => mapped(group, method);
  return mapped(groups, methods) as IgfClient<Groups>;
}

const mapped = <Value, Result>(
  record: Readonly<Record<string, Value>>,
  change: (value: Value) => Result,
): Record<string, Result> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
