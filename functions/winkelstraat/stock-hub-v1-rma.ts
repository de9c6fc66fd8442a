import { stockHubV1Rma } from '../../lib/webhooks/winkelstraat/stock-hub-v1-rma.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1Rma);
