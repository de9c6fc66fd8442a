import { pushApiV2Rma } from '../../lib/webhooks/winkelstraat/rmas.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(pushApiV2Rma);
