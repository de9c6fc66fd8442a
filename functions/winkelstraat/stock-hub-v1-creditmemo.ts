import { stockHubV1CreditMemo } from '../../lib/webhooks/winkelstraat/stock-hub-v1-creditmemo.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1CreditMemo);
