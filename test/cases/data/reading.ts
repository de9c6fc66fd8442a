import { gzipSync } from 'node:zlib';
import type { Case } from '../case.ts';
import { type Post, stockHubAddress } from '../case-order.ts';
import { asBytes, buy, ends, event, refused } from '../steps.ts';

const json = ({ payload }: Post): string => JSON.stringify(payload);

const inLatin1 = (post: Post, contentType: string): Post =>
  asBytes(post, Buffer.from(json(post), 'latin1'), { 'content-type': contentType });

const withName = (last_name: string) => ({ shipping_address: { ...stockHubAddress, last_name } });

/** A notice shows 77 characters of it, which ends in the middle of the first emoji. */
const longName = `${'R'.padEnd(76, 'E')}👗👗👗`;

/** Bodies that are not quite as the vendors' documents say. */
export const readingCases: readonly Case[] = [
  {
    name: 'an empty list in the place of an object, as PHP writes it, is none',
    steps: ({ shipment, rma }) => [
      shipment({ track: [], origin_address: [] }),
      rma({ track: [] }),
      ends({ 1: { state: 'Listed' } }),
    ],
  },
  ...['0000-00-00 00:00:00', '-0001-11-30T00:00:00+00:00'].map(
    (zero): Case => ({
      name: `the date ${zero} is none, also in the webhook that ends an RMA`,
      steps: ({ v2Rma }) => [
        v2Rma(),
        v2Rma({ status: 'closed', date_received: zero }),
        ends({ A: { state: 'Cancelled' } }, { posts: 1, cancelled: 1 }),
      ],
    }),
  ),
  {
    name: 'a zero date of a shipment is none',
    steps: ({ shipment, rma }) => [
      shipment({ collected_at: '0000-00-00 00:00:00' }),
      rma(),
      ends({ 1: { state: 'Listed' } }),
    ],
  },
  {
    name: 'a number in the place of a text is its decimal text',
    steps: ({ shipment, rma }) => [
      shipment(
        { shipping_address: { ...stockHubAddress, house_number: 7, telephone: 31600000000 } },
        { size: 42 },
      ),
      rma({ track: { tracking_number: 3400000000, carrier: 'demo' } }),
      ends(
        { 1: { state: 'Listed' } },
        { bodies: [{ customer: { phone: '31600000000', address: { houseNr: '7' } } }] },
      ),
    ],
  },
  {
    name: 'a field that no fact uses can be anything',
    steps: ({ shipment, rma }) => [
      shipment({}, { row_total_inc_tax: '1,250.00' }),
      rma({ date_processed: '08-03-2026 14:25:19' }),
      ends({ 1: { state: 'Listed' } }),
    ],
  },
  ...['OUT_FOR_DELIVERY', 'RETURNED', ''].map(
    (status): Case => ({
      name: `a shipment with the status "${status}" gives its customer and its price`,
      steps: ({ shipment, rma }) => [
        shipment({ status }),
        rma(),
        ends({ 1: { state: 'Listed' } }, { bodies: [{ originalPrice: 270 }] }),
      ],
    }),
  ),
  {
    name: 'a shipment with an empty list for its track is read',
    steps: ({ shipment, rma }) => [shipment({ track: [] }), rma(), ends({ 1: { state: 'Listed' } })],
  },
  {
    name: 'an order number as a JSON number is refused, because its zeros are lost',
    steps: ({ id, shipment, rma }) => [
      shipment(),
      refused(rma({ order_increment_id: Number(id) })),
      ends({}, { posts: 0 }),
    ],
  },
  {
    name: 'the picture of a label does not count against the size of an event',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      buy('1'),
      event('1', 'LABELED', { labelType: 'QR', label: 'A'.repeat(300_000) }),
      ends({ 1: { state: 'Labelled' } }),
    ],
  },
  {
    name: 'a letter that was lost on its way never reaches a label',
    steps: ({ shipment, rma }) => [
      shipment(withName('M\ufffdller')),
      rma(),
      ends({ 1: { attention: /name/ } }, { posts: 0 }),
    ],
  },
  {
    name: 'a body that is not UTF-8 is refused, and no letter is lost',
    steps: ({ shipment, rma }) => [
      refused(inLatin1(shipment(withName('Müller')), 'application/json')),
      rma(),
      ends({ 1: { state: 'AwaitingShipment' } }, { posts: 0 }),
    ],
  },
  {
    name: 'a body in another charset, which its header names, is read letter by letter',
    steps: ({ shipment, rma }) => [
      inLatin1(shipment(withName('Müller')), 'application/json; charset=iso-8859-1'),
      rma(),
      ends({ 1: { state: 'Listed' } }, { bodies: [{ customer: { lastName: 'Müller' } }] }),
    ],
  },
  {
    name: 'a body in gzip is unpacked',
    steps: ({ shipment, rma }) => [
      shipment(),
      asBytes(rma(), gzipSync(json(rma())), { 'content-encoding': 'gzip' }),
      ends({ 1: { state: 'Listed' } }),
    ],
  },
  {
    name: 'a name that ends in the middle of an emoji can be printed in a notice',
    steps: ({ named, v2RmaTo }) => [
      v2RmaTo({ name: '' }, { rma_id: named(longName) }),
      ends({ [`${longName}/A`]: { attention: /name/ } }, { posts: 0 }),
    ],
  },
];
