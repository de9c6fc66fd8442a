import { decide } from '../../../lib/decide/decide.ts';
import type { ReturnItem } from '../../../lib/returns/return-item.ts';
import { atIgf, context, now, openingFact, shipmentFact, situation } from '../../support/builders.ts';

const inHours = (hours: number): string => new Date(Date.parse(now) + hours * 3_600_000).toISOString();

/** A bought return with this deadline to hand it in. */
function decided(returnDeadline: string | undefined, reached: Partial<ReturnItem> = {}) {
  const igf = atIgf('Matched');
  const { order, item } = situation([openingFact(), shipmentFact()], {
    state: 'Matched',
    listingId: 7,
    igf: { ...igf, order: { id: 3, ...igf.order, returnDeadline } },
    ...reached,
  });
  return decide(order, item, context());
}

test('a bought return without a label needs attention 48 hours before its deadline', () => {
  expect(decided('2024-03-13T12:00:00.000Z')).toMatchObject({
    state: 'Matched',
    attention: 'Not labelled yet: the article must be handed in by 2024-03-13 12:00 UTC. Remind the sender.',
    action: { kind: 'none' },
  });
  expect(decided('2024-03-13T12:00:00.001Z').attention).toBeUndefined();
});

test('the reminder stays when the deadline has passed and IGF has not reported it yet', () => {
  expect(decided(inHours(-1)).attention).toMatch(/^Not labelled yet/);
});

test('there is no reminder once the label is made, or without a deadline', () => {
  const labelled = atIgf('Labelled');
  const near = { ...labelled, order: { id: 3, ...labelled.order, returnDeadline: inHours(1) } };
  const attention = 'Not labelled yet: hand it in.';
  expect(decided(undefined, { state: 'Matched', igf: near, attention })).toMatchObject({ state: 'Labelled' });
  expect(decided(undefined, { state: 'Matched', igf: near, attention }).attention).toBeUndefined();
  expect(decided(undefined).attention).toBeUndefined();
});

test('any other attention comes before the reminder', () => {
  const igf = { ...atIgf('Matched'), events: ['REFUND' as const] };
  const { attention } = decided(undefined, {
    igf: { ...igf, order: { id: 3, ...igf.order, returnDeadline: inHours(1) } },
  });
  expect(attention).toMatch(/^Refund due/);
});
