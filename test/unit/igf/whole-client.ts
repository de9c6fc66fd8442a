import { igfClient } from '../../../lib/igf/client.ts';
import { groups } from '../../../lib/igf/operations.ts';
import { apiKey, type scriptedServer } from './scripted-server.ts';

/** A client with every operation, connected to a scripted server. */
export const wholeClient = (server: ReturnType<typeof scriptedServer>) =>
  igfClient({ baseUrl: server.address(), apiKey: async () => apiKey, timeoutMs: 2000 }, groups);
