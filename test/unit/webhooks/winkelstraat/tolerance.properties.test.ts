import fc from 'fast-check';
import { senders } from '../../../../lib/webhooks/catalogue.ts';
import { remarksOf } from '../../../../lib/webhooks/fields.ts';
import { receivedAt } from '../../../support/builders.ts';
import { anyCharacter } from '../../../support/characters.ts';
import { runs } from '../../../support/long-form.ts';
import { webhookSample } from '../../../support/samples.ts';
import { faults } from './reader.ts';

/** Without these nothing can be done. Everything else may be anything. */
const needed =
  /^$|(^|\.)(order|rma|rma_item|order_item|update|items)$|(^|\.)\w*_?id$|(^|\.)(sku|track_number|order_type_event)$|^status$|^items\.\d+$/;

/** Every place in a payload, as its dotted path. */
const places = (value: unknown, path = ''): string[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => places(inner, path ? `${path}.${name}` : name))
    : []),
];

function replaced(payload: unknown, path: string, value: unknown): unknown {
  const copy = structuredClone(payload);
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce((inner, name) => (inner as Record<string, unknown>)[name], copy);
  (parent as Record<string, unknown>)[last] = value;
  return copy;
}

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.constantFrom([], {}, false, true, '', 'null', 0, '0000-00-00 00:00:00', '1,250', 1e300, [{}], {
    0: 'a',
  }),
  fc.string({ unit: anyCharacter }),
);

const webhooks = senders.find(({ name }) => name === 'winkelstraat')?.webhooks ?? [];

test.each(webhooks)('$name is accepted whatever its optional fields are', (webhook) => {
  const payload = webhookSample(webhook.name);
  const optional = places(payload).filter((path) => !needed.test(path));
  expect(optional.length).toBeGreaterThan(3);
  const clean = JSON.stringify(webhook.facts(payload, receivedAt).map(({ kind }) => kind));
  fc.assert(
    fc.property(fc.constantFrom(...optional), anything, (path, value) => {
      const body = replaced(payload, path, value);
      expect(faults(webhook, body)).toEqual([]);
      expect(JSON.stringify(webhook.facts(body, receivedAt).map(({ kind }) => kind))).toBe(clean);
      const { unread, unusable } = remarksOf(webhook.schema, body);
      expect(unusable).toEqual([]);
      for (const place of unread) expect(`${place}.`.startsWith(`${path}.`)).toBe(true);
    }),
    runs(400),
  );
});

const ofOrder = ['order_increment_id', 'increment_id'];
test.each<[string, string[]]>([
  ['push-api/v1/rma-item', ['rma.rma_id', 'order.order_id']],
  ['push-api/v2/rma-item', ['rma.rma_id', 'order.order_id']],
  ['push-api/v2/rma', ['rma_id', 'order.order_id']],
  ['push-api/v1/shipment', ['order_id', 'shipment_id']],
  ['push-api/v2/shipment', ['order_id', 'shipment_id']],
  ['push-api/v1/track', ['order_id', 'shipment_id']],
  ['push-api/v2/track', ['order_id', 'shipment_id']],
  ['push-api/v1/order-item', ['order.order_id']],
  ['push-api/v2/order-item', ['order.order_id']],
  ['stock-hub/v1/order', ['increment_id']],
  ['stock-hub/v1/invoice', ['order_increment_id']],
  ['stock-hub/v1/shipment', ofOrder],
  ['stock-hub/v1/rma', ofOrder],
  ['stock-hub/v1/creditmemo', ['order_increment_id']],
])('%s is refused when one of %j is a JSON number', (name, paths) => {
  const webhook = webhooks.find((one) => one.name === name);
  if (!webhook) throw new Error(`The catalogue has no ${name}.`);
  for (const path of paths) {
    expect(faults(webhook, replaced(webhookSample(name), path, 549))).toEqual([
      `${path} must be text: as a JSON number it may have lost leading zeros`,
    ]);
  }
});

test.each(webhooks)('$name may be a list of one', (webhook) => {
  const payload = webhookSample(webhook.name);
  expect(webhook.facts([payload], receivedAt)).toEqual(webhook.facts(payload, receivedAt));
});
