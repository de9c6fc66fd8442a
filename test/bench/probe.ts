import { writeSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { logAsLambda } from '../../infra/local/lambda-log.ts';

/**
 * Runs in a process that stands for an execution environment of Lambda: loads one bundle, calls it, and measures itself.
 * It is bundled as well, so that the measured process reads no TypeScript.
 */
export interface ColdStart {
  /** Wall time of importing the bundle, in milliseconds. */
  readonly initMs: number;
  /** CPU time of the same, of all threads, in milliseconds: other load on the machine affects it least. */
  readonly initCpuMs: number;
  /** Wall time of importing it, of the first call and of its answer. */
  readonly answeredMs: number;
  readonly answeredCpuMs: number;
}

export interface WarmCalls {
  /** CPU time of one call, of all threads, in microseconds. */
  readonly cpuMicros: number;
}

export type ToProbe =
  | { readonly kind: 'cold start'; readonly file: string; readonly event: unknown }
  | { readonly kind: 'warm calls'; readonly count: number; readonly event: unknown };

type Handler = (event: unknown, context: object) => Promise<{ statusCode: number }>;

let handler: Handler;

async function coldStart(file: string, event: unknown): Promise<ColdStart> {
  const url = pathToFileURL(file).href;
  const start = performance.now();
  const cpu = process.cpuUsage();
  ({ handler } = await import(url));
  const [initMs, initCpuMs] = [performance.now() - start, cpuMsSince(cpu)];
  await call(event);
  return { initMs, initCpuMs, answeredMs: performance.now() - start, answeredCpuMs: cpuMsSince(cpu) };
}

function cpuMsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

async function warmCalls(count: number, event: unknown): Promise<WarmCalls> {
  const cpu = process.cpuUsage();
  for (let calls = 0; calls < count; calls += 1) await call(event);
  return { cpuMicros: (cpuMsSince(cpu) * 1000) / count };
}

/** Each call gets its own event, as on Lambda: handlers write into it. */
async function call(event: unknown): Promise<void> {
  const answer = await handler(structuredClone(event), { getRemainingTimeInMillis: () => 10_000 });
  if (answer.statusCode !== 202) throw new Error(`The handler answered ${JSON.stringify(answer)}`);
}

// Logs as Lambda does, which is a part of what a call costs.
logAsLambda(
  'INFO',
  () => 'bench',
  (line) => writeSync(1, `${line}\n`),
);

process.on('message', async (message: ToProbe) => {
  const answer =
    message.kind === 'cold start'
      ? await coldStart(message.file, message.event)
      : await warmCalls(message.count, message.event);
  process.send?.(answer);
});
