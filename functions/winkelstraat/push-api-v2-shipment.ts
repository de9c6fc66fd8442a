import { pushApiV2Shipment } from '../../lib/webhooks/winkelstraat/push-api-shipment.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV2Shipment);
