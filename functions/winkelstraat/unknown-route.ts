import { unknownRouteHandler } from '../../lib/ingest/unknown-route.ts';
import { winkelstraatWebhooks } from '../../lib/webhooks/catalogue.ts';
import { ingestDependencies } from '../wiring/ingest.ts';

export const handler = unknownRouteHandler(winkelstraatWebhooks, await ingestDependencies());
