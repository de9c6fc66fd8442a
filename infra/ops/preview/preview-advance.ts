import { advanceMessage } from '../../../lib/webhooks/advance-message.ts';
import type { OverlayTable } from './overlay-table.ts';
import type { PreviewedReturn, PreviewMessage } from './preview-message.ts';

/**
 * What the worker would do with the returns of an order.
 * @param prepare writes to the overlay what the operator changes before
 */
export async function previewAdvance(
  preview: PreviewMessage,
  orderId: string,
  prepare?: (overlay: OverlayTable) => Promise<unknown>,
): Promise<readonly PreviewedReturn[]> {
  const now = Date.now();
  const envelope = advanceMessage(orderId, 'preview', { now, correlationId: 'preview' });
  const { returns } = await preview({ envelope, facts: [], orderId }, { now, ...(prepare && { prepare }) });
  return returns.filter(({ after }) => after.orderId === orderId);
}
