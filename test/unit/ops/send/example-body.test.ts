import {
  endpointNamed,
  endpoints,
  exampleBody,
  newOrderId,
} from '../../../../infra/ops/send/example-body.ts';
import type { OrderFact } from '../../../../lib/facts/facts.ts';
import { webhookSample } from '../../../support/samples.ts';

const now = Date.parse('2026-11-27T12:00:00.000Z');
const orderId = '012345678';

const bodyOf = (webhook: string, variant = 0): unknown =>
  exampleBody(endpointNamed(webhook), { orderId, variant }, now);

const factsOf = (webhook: string, variant = 0): OrderFact[] =>
  endpointNamed(webhook).webhook.facts(bodyOf(webhook, variant), '') as OrderFact[];

const ofWinkelstraat = endpoints.filter(({ sender }) => sender.name === 'winkelstraat');

describe.each(endpoints.map((endpoint) => ({ endpoint, name: endpoint.webhook.name })))('$name', (each) => {
  const body = exampleBody(each.endpoint, { orderId }, now);
  const text = JSON.stringify(body);

  test('is a body that its reader accepts', () => {
    expect(each.endpoint.webhook.facts(body, new Date(now).toISOString())).not.toEqual([]);
  });

  test('has no number of the example, and no date after now', () => {
    expect(text).not.toMatch(/000000549|000000078|000000093|000000284|000000288|YOUR_ORDER|"Y[EMT][BK]"/);
    const dates = [...text.matchAll(/\d{4}-\d\d-\d\d[T ][\d:.]+/g)].map(([date]) => date.replace(' ', 'T'));
    expect(dates.filter((date) => Date.parse(`${date}Z`) > now)).toEqual([]);
  });

  test('keeps everything else of the example', () => {
    const shape = (value: unknown): unknown =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).map(([name, inner]) => [name, shape(inner)])
        : typeof value;
    expect(shape(body)).toEqual(shape(webhookSample(each.name)));
  });
});

test.each(ofWinkelstraat.map(({ webhook }) => webhook.name))(
  '%s is about the order that was asked for',
  (name) => {
    expect(new Set(factsOf(name).map((fact) => fact.orderId))).toEqual(new Set([orderId]));
  },
);

test('an RMA and what closes its item are about the same return', () => {
  const opened = factsOf('push-api/v2/rma').find((fact) => fact.kind === 'opening');
  const closed = factsOf('push-api/v1/rma-item').find((fact) => fact.kind === 'closing');
  expect([closed?.rmaId, closed?.itemId]).toEqual([opened?.rmaId, opened?.itemId]);
});

test('another variant is another return of the same order, with the same purchase order', () => {
  const headers = [0, 1].map((variant) =>
    factsOf('stock-hub/v1/rma', variant).find((fact) => fact.kind === 'rma'),
  );
  for (const header of headers) expect(header).toMatchObject({ orderId, poNumber: `PO-${orderId}` });
  expect(new Set(headers.map((header) => header?.rmaId)).size).toBe(2);
});

test('a number also changes where it is part of an address', () => {
  const { track_number, track_url } = bodyOf('push-api/v2/rma') as Record<string, string>;
  expect(track_number).toMatch(/^1[0-9A-F]{17}$/);
  expect(track_url?.endsWith(`tracknum=${track_number}`)).toBe(true);
});

test('dates keep their distances and their form', () => {
  expect(bodyOf('stock-hub/v1/shipment')).toMatchObject({
    collected_at: '2026-11-27 12:00:00',
    updated_at: '2026-11-24 06:11:15',
    delivered_at: null,
  });
  expect(bodyOf('push-api/v2/rma')).toMatchObject({ date_requested: '2026-11-27T12:00:00.000+00:00' });
});

test('a new order has a number of nine digits with a leading zero, each its own', () => {
  const numbers = Array.from({ length: 50 }, newOrderId);
  for (const number of numbers) expect(number).toMatch(/^0[1-9]\d{7}$/);
  expect(new Set(numbers).size).toBe(50);
});

test('an unknown webhook is refused with the known ones', () => {
  expect(() => endpointNamed('stock-hub/v1/rmas')).toThrow(
    /no webhook stock-hub\/v1\/rmas.*stock-hub\/v1\/rma,/,
  );
});

test('an order may have any name that was typed', () => {
  const hostile = 'a"b\\c; rm -rf $(x) $& \'';
  for (const { webhook } of ofWinkelstraat) {
    const body = exampleBody(endpointNamed(webhook.name), { orderId: hostile }, now);
    const facts = webhook.facts(body, '') as OrderFact[];
    expect(new Set(facts.map((fact) => fact.orderId))).toEqual(new Set([hostile]));
  }
});
