import { pushApiV1OrderItem } from '../../lib/webhooks/winkelstraat/push-api-order-item.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV1OrderItem);
