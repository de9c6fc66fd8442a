import { pushApiV1Track } from '../../lib/webhooks/winkelstraat/shipments.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = ingest(pushApiV1Track);
