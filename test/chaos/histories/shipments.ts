import type { Chance } from './chance.ts';
import type { Delivery } from './history.ts';
import type { Article, Order } from './order.ts';
import { shipment } from './payloads.ts';

const told = (hour: number, status: string, address = true) => ({
  status,
  updatedAt: `2024-02-20 ${String(hour).padStart(2, '0')}:00:00`,
  deliveredAt: status === 'DELIVERED' ? `2024-02-20 ${String(hour).padStart(2, '0')}:00:00` : null,
  address,
});

/** One or two shipments with these articles, told once or more often as they go on. */
export function shipments(order: Order, articles: readonly Article[], chance: Chance): Delivery[] {
  if (articles.length === 0) return [];
  const half = Math.ceil(articles.length / 2);
  const parts =
    chance.percent(25) && articles.length > 1 ? [articles.slice(0, half), articles.slice(half)] : [articles];
  return parts.flatMap((part, index) => {
    const id = `S${order.orderId}-${index + 1}`;
    const tellings = chance.weighted([
      [5, [told(10, 'IN_TRANSIT')]],
      [3, [told(10, 'IN_TRANSIT'), told(15, 'DELIVERED')]],
      [2, [told(9, 'READY_FOR_PICKUP', false), told(10, 'IN_TRANSIT'), told(15, 'DELIVERED')]],
    ]);
    return tellings.map(
      (telling): Delivery => ({
        webhook: 'stock-hub/v1/shipment',
        payload: shipment(order, id, part, telling),
        copies: 1,
      }),
    );
  });
}
