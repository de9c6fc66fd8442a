import type { Case } from '../case.ts';
import { buy, cancelledAtIgf, ends, event, later, refundDue, shipped } from '../steps.ts';

const handedInTooLate = [
  buy('1'),
  event('1', 'LABELED'),
  event('1', 'RETURN_DEADLINE_PASSED'),
  event('1', 'SHIPPED'),
  event('1', 'COMPLETED'),
  event('1', 'REFUND'),
] as const;

/** When a refund is due, how much it is, and what settles it. */
export const moneyCases: readonly Case[] = [
  {
    name: 'an article that is handed in after its deadline has to be paid, and settles',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      ...handedInTooLate,
      ends({ 1: { refundDue: true, attention: /^Refund due: EUR 267\.05/ } }),
      rma({ status: 'processed_closed' }, { status: 'approved' }),
      ends({ 1: { state: 'Settled', refundDue: false } }),
    ],
  },
  {
    name: 'an rma-item that says the customer was paid settles the refund that is due',
    steps: ({ v2Rma, rmaItem }) => [
      v2Rma(),
      ...refundDue('A'),
      ends({ A: { state: 'Completed', attention: /^Refund due: at most EUR 120\.00/ } }),
      rmaItem(
        { qty_returned: '1', retailer_resolution: 'Terugbetalen', updated_at: '2024-03-20T10:00:00Z' },
        { date_received: '2024-03-20T10:00:00Z' },
      ),
      ends({ A: { state: 'Settled', refundDue: false, attention: 'none' } }),
    ],
  },
  {
    name: 'a shipment that the carrier lost has to be paid at once, and its buyer served',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      ...shipped('1'),
      cancelledAtIgf('1', 'NOT_DELIVERED_BY_CARRIER'),
      later(2),
      ends({ 1: { state: 'Shipped', refundDue: true, attention: [/^Refund due: EUR 267\.05/, /serve/i] } }),
    ],
  },
  {
    name: 'a return fee above the price makes no negative refund',
    steps: ({ shipment, rma }) => [
      shipment({}, { item_price_inc_tax: 1.5 }),
      rma(),
      ...refundDue('1'),
      ends({ 1: { attention: [/^Refund due: EUR 0\.00/, /fee/] } }),
    ],
  },
  {
    name: 'an RMA that ended while its refund is due settles when its item is approved after all',
    steps: ({ shipment, rma }) => [
      shipment(),
      rma(),
      ...refundDue('1'),
      rma({ status: 'closed' }),
      ends({ 1: { state: 'Completed', attention: /^Refund due/, attentionWithout: /reopen/ } }),
      rma({}),
      rma({ status: 'approved' }, { status: 'approved' }),
      ends({ 1: { state: 'Settled', refundDue: false } }),
    ],
  },
];
