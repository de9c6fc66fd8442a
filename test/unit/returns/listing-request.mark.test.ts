import fc from 'fast-check';
import { listingMark } from '../../../lib/returns/listing-request.ts';

const id = fc.string({
  minLength: 1,
  maxLength: 4,
  unit: fc.constantFrom('a', '/', '[', ']', '%', '2', 'F'),
});

test('no two returns have the same mark, and no mark ends with another', () => {
  fc.assert(
    fc.property(id, id, id, id, (rma, item, otherRma, otherItem) => {
      fc.pre(rma !== otherRma || item !== otherItem);
      const mark = listingMark({ rmaId: rma, itemId: item });
      expect(`a comment ${mark}`.endsWith(listingMark({ rmaId: otherRma, itemId: otherItem }))).toBe(false);
    }),
  );
});
