import { pushApiV1RmaItem } from '../../lib/webhooks/winkelstraat/rmas.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV1RmaItem);
