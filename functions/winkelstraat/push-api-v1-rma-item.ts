import { pushApiV1RmaItem } from '../../lib/winkelstraat/push-api-v1-rma-item.ts';
import { ingest } from '../ingest.ts';

export const handler = ingest(pushApiV1RmaItem);
