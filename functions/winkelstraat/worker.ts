import { worker } from '../wiring/worker.ts';

export const handler = worker('winkelstraat');
