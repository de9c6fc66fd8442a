import { pushApiV1Shipment } from '../../lib/webhooks/winkelstraat/orders.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(pushApiV1Shipment);
