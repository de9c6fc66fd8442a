import { stockHubV1CreditMemo } from '../../lib/webhooks/winkelstraat/credit-memos.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(stockHubV1CreditMemo);
