import { stockHubV1Rma } from '../../lib/winkelstraat/stock-hub-v1-rma.ts';
import { ingest } from '../ingest.ts';

export const handler = ingest(stockHubV1Rma);
