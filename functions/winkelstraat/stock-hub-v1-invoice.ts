import { stockHubV1Invoice } from '../../lib/webhooks/winkelstraat/orders.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(stockHubV1Invoice);
