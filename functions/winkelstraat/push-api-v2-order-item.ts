import { pushApiV2OrderItem } from '../../lib/webhooks/winkelstraat/credit-memos.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(pushApiV2OrderItem);
