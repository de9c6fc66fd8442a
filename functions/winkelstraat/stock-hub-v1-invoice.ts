import { stockHubV1Invoice } from '../../lib/webhooks/winkelstraat/stock-hub-v1-invoice.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1Invoice);
