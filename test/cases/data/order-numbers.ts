import type { Case } from '../case.ts';
import { buy, ends, event } from '../steps.ts';

const poNumber = { webshopOrderId: 'po_number' };

/** The numbers of orders at Winkelstraat, in the shop and at IGF. */
export const orderNumberCases: readonly Case[] = [
  {
    name: 'with the purchase order as the number at IGF, an article that is sent twice is noticed',
    policy: poNumber,
    steps: ({ id, named, shipment, rma }) => [
      shipment({ po_number: named('P1') }),
      rma({ po_number: named('P1') }),
      ends({ 1: { state: 'Listed' } }, { bodies: [{ listingWebshopOrderId: named('P1') }] }),
      buy('1', named('P2')),
      event('1', 'LABELED'),
      shipment({
        increment_id: named('S2'),
        order_increment_id: `${id}2`,
        po_number: named('P2'),
        status: 'IN_TRANSIT',
        track: { tracking_number: '1ZOTHER' },
      }),
      ends({ 1: { attention: /^Served twice: hold shipment S2-/ } }),
    ],
  },
];
