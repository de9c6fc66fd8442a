import { pushApiV2Track } from '../../lib/webhooks/winkelstraat/orders.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(pushApiV2Track);
