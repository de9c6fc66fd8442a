import { pushApiV2Rma } from '../../lib/webhooks/winkelstraat/rmas.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV2Rma);
