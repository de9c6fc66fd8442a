import { stockHubV1Shipment } from '../../lib/webhooks/winkelstraat/stock-hub-v1-shipment.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1Shipment);
