import { setImmediate } from 'node:timers/promises';
import { isLong } from '../support/long-form.ts';
import { type Delivery, rma, shipment, v2Rma } from '../support/webhooks.ts';
import { CaseOrder } from './case-order.ts';
import { InMemoryBridge } from './in-memory.ts';

/** A regular expression that looks for the end of a run takes quadratic time at one that ends elsewhere. */
const runs = [' ', ',', ...(isLong ? ['.', '-', '1', 'a '] : [])];
const endless = (run: string): string => `x${run.repeat(60_000 / run.length)}x 1`;

type Path = readonly string[];

function pathsOfTexts(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return typeof value === 'string' ? [path] : [];
  return Object.entries(value).flatMap(([name, inner]) => pathsOfTexts(inner, [...path, name]));
}

function withText(value: unknown, [name, ...rest]: Path, text: string): unknown {
  if (name === undefined) return text;
  const inner = withText(Object(value)[name], rest, text);
  return Array.isArray(value) ? value.with(Number(name), inner) : { ...Object(value), [name]: inner };
}

/** Delivers webhooks in order. One that is not acceptable is no fault here. */
async function delivers(deliveries: readonly Delivery[]): Promise<object> {
  const bridge = new InMemoryBridge(new CaseOrder('000000549'));
  for (const delivery of deliveries) {
    await bridge.take({ kind: 'post', ...delivery, answer: 202 }).catch((error: Error) => {
      if (!/was answered 4/.test(error.message)) throw error;
    });
  }
  return { parked: bridge.parked, waiting: bridge.waiting };
}

/** The delivery with the number of the house in the street, so that both are read. */
const numberInStreet = ({ webhook, payload }: Delivery): Delivery => ({
  webhook,
  payload: JSON.parse(
    JSON.stringify(payload)
      .replaceAll(/"house_?number":"\d+"/g, '"house_number":null')
      .replaceAll('"street":"Edsger Dijkstraat"', '"street":"Edsger Dijkstraat 12"'),
  ),
});

describe('a text without end is worked on at once', () => {
  test.each<[string, Delivery, (changed: Delivery) => Delivery[]]>([
    ['a stock-hub shipment', numberInStreet(shipment()), (changed) => [changed, rma()]],
    ['a stock-hub RMA', rma(), (changed) => [shipment(), changed]],
    ['a push-api RMA', numberInStreet(v2Rma()), (changed) => [changed]],
  ])(
    'in each field of %s',
    async (_what, delivery, deliveries) => {
      for (const path of pathsOfTexts(delivery.payload)) {
        for (const run of runs) {
          const payload = withText(delivery.payload, path, endless(run)) as Delivery['payload'];
          expect([path, run, await delivers(deliveries({ ...delivery, payload }))]).toEqual([
            path,
            run,
            { parked: [], waiting: 0 },
          ]);
          // Lets jest see that too much time has passed.
          await setImmediate();
        }
      }
    },
    30_000,
  );
});
