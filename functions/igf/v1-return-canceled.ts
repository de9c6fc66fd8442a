import { igfWebhook } from '../../lib/webhooks/igf/webhooks.ts';
import { ingest } from '../wiring/ingest.ts';

export const handler = await ingest(igfWebhook('RETURN_CANCELED'));
