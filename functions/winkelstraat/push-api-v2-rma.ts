import { pushApiV2Rma } from '../../lib/winkelstraat/push-api-v2-rma.ts';
import { ingest } from '../ingest.ts';

export const handler = ingest(pushApiV2Rma);
