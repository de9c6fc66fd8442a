import { workerData } from 'node:worker_threads';
import dynalite from 'dynalite';
import { listen } from './listen.ts';
import { reportReady } from './server-thread.ts';

// In a thread of its own: what kills dynalite (a very deep item does) must not take the whole local world along unnamed.
await reportReady(() => listen(dynalite({ createTableMs: 0 }), (workerData as { port: number }).port));
