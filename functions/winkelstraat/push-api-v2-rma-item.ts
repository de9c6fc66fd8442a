import { pushApiV2RmaItem } from '../../lib/webhooks/winkelstraat/rma-item.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV2RmaItem);
