import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ReturnItem } from '../../lib/returns/return-item.ts';
import { runs } from '../support/long-form.ts';
import { Life } from './life.ts';
import { randomLife } from './random-life.ts';

const money = /^(Refund due|Closed unrefunded)/;
const served = /(?:serve|Serve) (\S+) from stock/;
const stopped = /stop the replacement/;

/** What a return must not say of itself, by what it says. */
const contradictions: Readonly<Record<string, (item: ReturnItem) => boolean>> = {
  'a task without a sentence': ({ attention, tasks }) => (attention === undefined) !== (tasks === undefined),
  'a refund that is due and not asked for first': ({ refundDue, attention, answers }) =>
    refundDue === true && !answers && !money.test(attention ?? ''),
  'a refund that is asked for and not due': ({ refundDue, attention = '' }) =>
    !refundDue && /Refund due|Closed unrefunded/.test(attention),
  'Settled, and a refund that is due': ({ state, refundDue }) => state === 'Settled' && refundDue === true,
  'a buyer who is served from stock and is not': ({ attention = '' }) =>
    served.test(attention) && stopped.test(attention),
  'underway in its reason, and not in its state': ({ why, state }) =>
    why.startsWith('The article is on its way') && state !== 'Shipped',
  'underway, and lost': ({ why, attention = '' }) =>
    why.includes('on its way') && attention.includes('Parcel lost'),
  'sold in its attention, and not in its state': ({ state, attention = '' }) =>
    attention.includes('It was sold') && state !== 'Matched' && state !== 'Labelled',
  'an article that is to be checked, and is not underway': ({ state, attention = '' }) =>
    attention.includes('check what arrived') && state !== 'Shipped',
  'on offer in its reason, and not in its state': ({ state, why }) =>
    /^(Listed at|The article is offered)/.test(why) && state !== 'Listed',
  'over in its reason, and going on in its state': ({ state, why }) =>
    why.startsWith('The return is over') &&
    ['Requested', 'AwaitingShipment', 'Listed', 'Matched'].includes(state),
  'waits, and is listed': ({ waits, listingId }) => waits !== undefined && listingId !== undefined,
  'waits, and has ended': ({ waits, state }) =>
    waits !== undefined && !['Requested', 'AwaitingShipment', 'Listing'].includes(state),
  'AwaitingShipment, and waits for nothing': ({ waits, state }) =>
    state === 'AwaitingShipment' && waits !== 'shipment' && waits !== 'delivery',
  'an unknown text, and nothing to map': ({ state, unmappedTerm }) =>
    state === 'NeedsMapping' && unmappedTerm === undefined,
  'a text to map, and nobody is asked': ({ attention = '', unmappedTerm, answers }) =>
    unmappedTerm !== undefined && !answers && !attention.includes('Map the'),
  'silent, and decided in part': ({ state, attention = '' }) =>
    ['NotForwardable', 'Closed', 'Cancelled'].includes(state) && attention.includes('is decided in part'),
  'on offer, and without a listing': ({ state, listingId }) =>
    ['Listed', 'Matched', 'Labelled', 'Shipped', 'Completed', 'Settled'].includes(state) &&
    listingId === undefined,
};

test('no return of a random life of either family contradicts itself', async () => {
  await fc.assert(
    fc.asyncProperty(randomLife, async ({ policy, happenings }) => {
      const life = new Life(policy);
      for (const happening of happenings) {
        await life.live(happening);
        for (const item of life.bridge.table.order(life.order.id).returns) {
          const said = Object.keys(contradictions).filter((name) => contradictions[name]?.(item));
          const { state, why, attention, waits, refundDue } = item;
          expect({ said, state, why, attention, waits, refundDue }).toMatchObject({ said: [] });
        }
      }
    }),
    {
      numRuns: Number(process.env.LIVES ?? runs(300).numRuns),
      seed: Number(process.env.SEED ?? 1),
    },
  );
});
