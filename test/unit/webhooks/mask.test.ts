import fc from 'fast-check';
import { hasSecrets, withoutSecrets } from '../../../lib/webhooks/mask.ts';
import { ingestFunctions, webhookSample } from '../../support/samples.ts';

const secretNames = [
  'shipment_token',
  'shipmentToken',
  'SHIPMENT-TOKEN',
  'token',
  'tracking_label_url_a6',
  'tracking_label_url_orig',
  'trackingLabelUrlA6',
  'label_uri',
  'picking_pdf_url',
  'pickingPdfUrl',
  'invoice_pdf',
];
const plainNames = [
  'track_url',
  'tracking_url',
  'label',
  'tracking_number',
  'sku',
  'image',
  'url',
  'tokens_used',
];

test.each(secretNames)('%s is masked, whatever its value and depth', (name) => {
  for (const value of ['secret', 7, ['secret'], { url: 'secret' }]) {
    const body = { items: [{ deep: { [name]: value, kept: 1 } }] };
    expect(hasSecrets(body)).toBe(true);
    expect(withoutSecrets(body)).toEqual({ items: [{ deep: { [name]: '[masked]', kept: 1 } }] });
  }
});

test.each(plainNames)('%s is kept', (name) => {
  expect(hasSecrets({ [name]: 'value' })).toBe(false);
  expect(withoutSecrets({ [name]: 'value' })).toEqual({ [name]: 'value' });
});

test.each([null, ''])('%j is no secret', (value) => {
  expect(hasSecrets({ shipment_token: value })).toBe(false);
  expect(withoutSecrets({ shipment_token: value })).toEqual({ shipment_token: value });
});

test('nothing is left to mask, whatever was sent, and nothing else is changed', () => {
  const name = fc.constantFrom(...secretNames, ...plainNames);
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof({ maxDepth: 4 }, fc.jsonValue(), fc.array(tie('tree')), fc.dictionary(name, tie('tree'))),
  }));
  fc.assert(
    fc.property(tree, (body) => {
      const masked = withoutSecrets(body);
      expect(hasSecrets(masked)).toBe(false);
      if (!hasSecrets(body)) expect(masked).toEqual(body);
      expect(withoutSecrets(masked)).toEqual(masked);
    }),
  );
});

test('a body of any depth is searched, and what is deeper than any webhook is left out', () => {
  let deep: unknown = { token: 'secret' };
  for (let level = 0; level < 100_000; level += 1) deep = level % 2 ? [deep] : { a: deep };
  expect(hasSecrets(deep)).toBe(true);
  expect(JSON.stringify(withoutSecrets(deep)).length).toBeLessThan(500);
});

test.each(ingestFunctions)('the vendor’s example of $webhook keeps no token, label or PDF', ({ webhook }) => {
  const text = JSON.stringify(withoutSecrets(webhookSample(webhook)));
  expect(text).not.toMatch(/CS70ed|\/label\/|\.pdf/);
});
