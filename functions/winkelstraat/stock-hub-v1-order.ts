import { stockHubV1Order } from '../../lib/webhooks/winkelstraat/stock-hub-v1-order.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1Order);
