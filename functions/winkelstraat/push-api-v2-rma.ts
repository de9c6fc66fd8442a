import { pushApiV2Rma } from '../../lib/webhooks/winkelstraat/push-api-v2-rma.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV2Rma);
