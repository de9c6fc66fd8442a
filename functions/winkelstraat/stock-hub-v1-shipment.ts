import { stockHubV1Shipment } from '../../lib/winkelstraat/stock-hub-v1-shipment.ts';
import { ingest } from '../ingest.ts';

export const handler = ingest(stockHubV1Shipment);
