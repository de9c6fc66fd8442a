import type { Chance } from './chance.ts';
import type { PlacedOrder, SoldArticle } from './order.ts';
import { shipmentPayload } from './payloads.ts';
import type { SentDelivery } from './scenario.ts';

const statusAt = (hour: number, status: string, address = true) => ({
  status,
  updatedAt: `2024-02-20 ${String(hour).padStart(2, '0')}:00:00`,
  deliveredAt: status === 'DELIVERED' ? `2024-02-20 ${String(hour).padStart(2, '0')}:00:00` : null,
  address,
});

/** One or two shipments with these articles, each reported once or more often on its way. */
export function shipments(
  order: PlacedOrder,
  articles: readonly SoldArticle[],
  chance: Chance,
): SentDelivery[] {
  if (articles.length === 0) return [];
  const half = Math.ceil(articles.length / 2);
  const parts =
    chance.percent(25) && articles.length > 1 ? [articles.slice(0, half), articles.slice(half)] : [articles];
  return parts.flatMap((part, index) => {
    const id = `S${order.orderId}-${index + 1}`;
    const statuses = chance.weighted([
      [5, [statusAt(10, 'IN_TRANSIT')]],
      [3, [statusAt(10, 'IN_TRANSIT'), statusAt(15, 'DELIVERED')]],
      [2, [statusAt(9, 'READY_FOR_PICKUP', false), statusAt(10, 'IN_TRANSIT'), statusAt(15, 'DELIVERED')]],
    ]);
    return statuses.map(
      (status): SentDelivery => ({
        webhook: 'stock-hub/v1/shipment',
        payload: shipmentPayload(order, id, part, status),
        copies: 1,
      }),
    );
  });
}
