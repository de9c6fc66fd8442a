import * as z from 'zod/mini';
import { endsWholeRma } from '../../facts/vendor-terms.ts';
import { countedList, object, reader, readInto } from '../fields.ts';
import { rmaStatus } from './fields.ts';

const Header = object({ status: rmaStatus });

function endsRma(body: unknown): boolean {
  const status = z.safeParse(Header, body).data?.status.status;
  return status !== undefined && endsWholeRma(status);
}

/**
 * The body of an RMA: its status, the other fields of its header, and its items. A status that ends the whole RMA needs
 * no item, because it says enough about each known one.
 */
// @__NO_SIDE_EFFECTS__
export const rmaBody = <Shape extends z.core.$ZodLooseShape, Item extends z.ZodMiniType>(
  header: Shape,
  item: Item,
) => {
  const body = object({ ...header, status: rmaStatus, items: countedList(item) });
  const ended = object({ ...header, status: rmaStatus, items: countedList(item, 0) });
  return reader(
    (value, context): z.output<typeof body> => readInto(endsRma(value) ? ended : body, value, context),
  );
};

/** What a body says of the number of its items. Without any it says nothing of them. */
export function countItems(
  { usable, unusable }: { usable: readonly unknown[]; unusable: number },
  itemIds: readonly string[],
): { itemIds?: string[]; unusableItems?: number } {
  return usable.length + unusable === 0 ? {} : { itemIds: [...new Set(itemIds)], unusableItems: unusable };
}
