import { igfWebhook } from '../../lib/igf-events/webhooks.ts';
import { ingest } from '../ingest.ts';

export const handler = ingest(igfWebhook('UPDATE_LISTING'));
