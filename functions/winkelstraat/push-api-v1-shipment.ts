import { pushApiV1Shipment } from '../../lib/webhooks/winkelstraat/shipments.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV1Shipment);
