import { type Delivery, rma, shipment } from '../support/webhooks.ts';
import { endsAs, type Invariant, listsUnits } from './invariants.ts';
import type { ExploredWorld } from './world.ts';

/** Messages that several workers receive at once. A new scenario is an entry of `scenarios`. */
export interface Scenario {
  readonly title: string;
  /** Messages that are done before. */
  readonly before: readonly Delivery[];
  /** Messages that are done before by workers that call nothing at IGF (`mode=observe`). */
  readonly observed?: readonly Delivery[];
  /** The messages of the workers: one each, and from the first again when there are more workers. */
  readonly messages: readonly [Delivery, ...Delivery[]];
  /** What must hold at the end, beside what holds in every scenario. */
  readonly holds: readonly Invariant[];
  /** Changes the world before anything happens: how a test breaks the protocol. */
  prepare?(world: ExploredWorld): void;
}

const another = rma({ increment_id: '000000094' }, { id: 91 });
const denied = rma({ status: 'denied' }, { status: 'denied' });

export const scenarios: Readonly<Record<string, Scenario>> = {
  list: {
    title: 'the same RMA twice',
    before: [shipment()],
    messages: [rma(), rma()],
    holds: endsAs('Listed'),
  },
  complete: {
    title: 'an RMA, and the shipment that it waits for',
    before: [],
    messages: [rma(), shipment()],
    holds: endsAs('Listed'),
  },
  cancel: {
    title: 'a listed return is denied, and its message comes twice',
    before: [shipment(), rma()],
    messages: [denied, denied],
    holds: endsAs('Cancelled'),
  },
  units: {
    title: 'two RMAs for one unit: a new one, which comes first in the order, and a known one',
    before: [],
    observed: [shipment({}, { qty: 1 }), another],
    messages: [another, rma()],
    holds: listsUnits(1),
  },
  deny: {
    title: 'a return is authorized and denied',
    before: [shipment()],
    messages: [rma(), denied],
    holds: endsAs('Cancelled', 'Closed'),
  },
};
