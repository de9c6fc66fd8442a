import { stockHubV1CreditMemo } from '../../lib/webhooks/winkelstraat/credit-memos.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(stockHubV1CreditMemo);
