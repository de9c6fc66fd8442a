import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { logAsLambda } from '../../infra/local/lambda-log.ts';

/**
 * Runs in a process that stands for an execution environment of Lambda: loads one bundle, calls it, and measures itself.
 * It is bundled as well, so that the measured process reads no TypeScript.
 */
export interface Spent {
  /** Wall time in milliseconds. */
  readonly ms: number;
  /** CPU time of all threads in milliseconds: other load on the machine affects it least. */
  readonly cpuMs: number;
}

/** Init first, then calls. */
export type ToProbe =
  | { readonly kind: 'init'; readonly file: string }
  | { readonly kind: 'calls'; readonly count: number; readonly event: unknown };

type Handler = (event: unknown, context: object) => Promise<{ statusCode: number }>;

let handler: Handler;

async function spent(work: () => Promise<void>): Promise<Spent> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { ms: performance.now() - start, cpuMs: (user + system) / 1000 };
}

/** Each call gets its own event, as on Lambda: handlers write into it. */
async function call(event: unknown): Promise<void> {
  const answer = await handler(structuredClone(event), { getRemainingTimeInMillis: () => 10_000 });
  if (answer.statusCode !== 202) throw new Error(`The handler answered ${JSON.stringify(answer)}`);
}

// Lambda's runtime has loaded these when it loads a function. The probe's own imports are the others that it has.
// https://github.com/aws/aws-lambda-nodejs-runtime-interface-client: `require('http')` in `src/RAPIDClient.js`.
for (const module of ['node:assert', 'node:http', 'node:net']) process.getBuiltinModule(module);

// Logs as Lambda does, which is a part of what a call costs.
logAsLambda(
  'INFO',
  () => 'bench',
  (line) => writeSync(1, `${line}\n`),
);

const answer = (message: ToProbe): Promise<Spent> =>
  spent(async () => {
    if (message.kind === 'init') ({ handler } = await import(pathToFileURL(message.file).href));
    else for (let calls = 0; calls < message.count; calls += 1) await call(message.event);
  });

process.on('message', async (message: ToProbe) => {
  process.send?.(await answer(message));
});
