import type { Json } from '../support/builders.ts';
import type { Case, ReturnName, Step } from './case.ts';
import type { CaseOrder, Post } from './case-order.ts';
import { arrived, buy, event, refundDue, shipped } from './steps.ts';

/** The same return, as each family of webhooks reports it. */
export interface ByFamily {
  readonly family: 'stock-hub' | 'push-api';
  readonly item: ReturnName;
  /** The deliveries after which it is listed. */
  start(order: CaseOrder): Post[];
  /** The RMA once more, with another header, or with other fields of its item. */
  again(order: CaseOrder, header?: Json, item?: Json): Post;
  /** The RMA once more: it and its item have this status. */
  withStatus(order: CaseOrder, status: string, item?: Json): Post;
}

export const families: readonly ByFamily[] = [
  {
    family: 'stock-hub',
    item: '1',
    start: ({ shipment, rma }) => [shipment(), rma()],
    again: ({ rma }, header, item = {}) => rma(header, item),
    withStatus: ({ rma }, status, item) => rma({ status }, { status, ...item }),
  },
  {
    family: 'push-api',
    item: 'A',
    start: ({ v2Rma }) => [v2Rma()],
    again: ({ v2Rma }, header, item = {}) => v2Rma(header, item),
    withStatus: ({ v2Rma }, status, item = {}) => v2Rma({ status }, item),
  },
];

/** How far a return that is listed gets, by its state. */
export const lives: Readonly<Record<string, (of: ReturnName) => readonly Step[]>> = {
  Listed: () => [],
  Matched: (of) => [buy(of)],
  Labelled: (of) => [buy(of), event(of, 'LABELED')],
  Shipped: shipped,
  Completed: arrived,
  due: refundDue,
};

/** A case for each order in which the deliveries can arrive. They all end the same. */
export const inEveryOrder = (
  name: string,
  deliveries: readonly ((order: CaseOrder) => Post)[],
  end: Step,
  policy?: Case['policy'],
): Case[] =>
  permutations([...deliveries.keys()]).map((places) => ({
    name: `${name}, in the order ${places.map((at) => at + 1).join(' ')}`,
    ...(policy && { policy }),
    steps: (order) => [...places.flatMap((at) => deliveries[at]?.(order) ?? []), end],
  }));

const permutations = (places: readonly number[]): number[][] =>
  places.length === 0
    ? [[]]
    : places.flatMap((first) =>
        permutations(places.filter((place) => place !== first)).map((rest) => [first, ...rest]),
      );
