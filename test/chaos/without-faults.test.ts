import { returnId } from '../../lib/returns/return-item.ts';
import type { CaseOrder } from '../cases/case-order.ts';
import { InMemoryBridge } from '../cases/in-memory.ts';
import { buy, cancelledAtIgf, done, event, goLive, later } from '../cases/steps.ts';
import { runs } from '../support/long-form.ts';
import { IgfLedger, markOf, returnOf } from './igf-ledger.ts';
import { compareRun } from './oracle/compare.ts';
import type { Outputs } from './oracle/outputs.ts';
import { defaultSettings, nameOf, type Scenario, type Settings, type Step } from './scenarios/scenario.ts';
import { scenarios } from './scenarios/scenarios.ts';
import type { BridgeItem } from './table-reader.ts';

/** A scenario with the bridge in memory, where nothing fails. */
class FaultlessRun {
  readonly #scenario: Scenario;
  readonly #bridge: InMemoryBridge;

  constructor(scenario: Scenario) {
    this.#scenario = scenario;
    const order = { id: scenario.orderId, named: (name: string) => name } as CaseOrder;
    this.#bridge = new InMemoryBridge(order, { ...scenario.settings });
  }

  async differences(): Promise<string[]> {
    const { first, branches, hint } = this.#scenario;
    await this.#deliver(first);
    for (const step of branches.flat()) await this.#take(step);
    await this.#bridge.take(later(2));
    const { differences } = compareRun([this.#scenario], [], this.#outputs());
    return differences.map(({ kind, what }) => `${hint} ${kind}: ${what}`);
  }

  async #deliver(deliveries: Scenario['first']): Promise<void> {
    for (const { webhook, payload, copies } of deliveries) {
      const post = { kind: 'post', webhook, payload: { ...payload }, answer: 202 } as const;
      for (let count = 0; count < copies; count += 1) await this.#bridge.take(post);
    }
  }

  async #take(step: Step): Promise<void> {
    if (step.kind === 'deliver') return this.#deliver(step.deliveries);
    const name = nameOf(step.item);
    switch (step.kind) {
      case 'buy':
        return this.#bridge.take(buy(name, step.webshopOrderId));
      case 'event':
        return this.#bridge.take(event(name, step.eventType));
      case 'lose':
        return this.#bridge.take(cancelledAtIgf(name, 'NOT_DELIVERED_BY_CARRIER'));
      case 'done':
        return this.#bridge.take(done(name));
      case 'release':
        return this.#release(name);
    }
  }

  async #release(name: string): Promise<void> {
    const item = this.#returns.find((each) => returnId(each) === name);
    if (!item) throw new Error(`There is no return ${name}.`);
    const release = { at: new Date(this.#bridge.now).toISOString(), by: 'a person' };
    const { texts: _, ...content } = item;
    await this.#bridge.table.write({ kind: 'return', content: { ...content, release } });
    await this.#bridge.take(goLive);
  }

  get #returns() {
    return this.#bridge.table.order(this.#scenario.orderId).returns;
  }

  #outputs(): Outputs {
    const { igf } = this.#bridge;
    const ledger = new IgfLedger();
    const listings = igf.state.listings.map(({ id, status, returnReasonComment }) => ({
      ...{ id, status: status ?? '', returnReasonComment: returnReasonComment ?? '' },
    }));
    let made = 0;
    for (const [operation, argument] of igf.calls) {
      const call = { method: '', path: '', target: undefined, body: JSON.stringify(argument) };
      if (operation === 'listings.create') {
        const { id } = listings[made] ?? {};
        made += 1;
        ledger.note({ ...call, operation: 'POST /listings' }, 201, JSON.stringify({ id }));
      } else if (operation === 'listings.cancel') {
        ledger.note({ ...call, operation: `PUT /listings/cancel/${argument}` }, 200, '{}');
      }
    }
    return {
      ledger,
      listings: Map.groupBy(listings, ({ returnReasonComment }) => returnOf(markOf(returnReasonComment))),
      returns: new Map(
        this.#returns.map((item) => [
          `${this.#scenario.orderId} ${returnId(item)}`,
          JSON.parse(JSON.stringify({ pk: '', sk: '', ...item })) as BridgeItem,
        ]),
      ),
      events: new Map(),
      deadLetters: [],
    };
  }
}

const otherSettings: Settings = {
  ...{ forward: 'each-item', trackedReturns: 'hold', sku: 'article_number', webshopOrderId: 'po_number' },
};

test.each([
  [1, defaultSettings],
  [2, { ...defaultSettings, forward: 'each-item' } as const],
  [3, otherSettings],
])(
  'without faults each order of seed %i ends as the oracle wants it',
  async (seed, settings) => {
    const webhooks = Number(process.env.WEBHOOKS ?? runs(250).numRuns);
    for (const scenario of scenarios(Number(process.env.SEED ?? seed), webhooks, settings)) {
      const { orderId } = scenario;
      const differences = await new FaultlessRun(scenario).differences();
      expect({ orderId, differences }).toEqual({ orderId, differences: [] });
    }
  },
  600_000,
);
