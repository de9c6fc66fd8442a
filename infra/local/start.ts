import type { LocalRuntime } from './runtime.ts';

/** If stopping takes longer, something hangs, and the process ends without it. */
const stopWithinMs = 2000;

const stopping = new AbortController();
let starting: Promise<LocalRuntime> | undefined;

// Set before the rest is loaded, which takes half a second. A second signal changes nothing: npm passes Ctrl-C on, so it
// often comes twice.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  // Functions run in UTC on Lambda, and threads can't have a time zone of their own.
  process.env.TZ = 'UTC';
  const { readCommandLine } = await import('./options.ts');
  const options = readCommandLine(process.argv.slice(2), process.env);
  if (!options) process.exit(0);
  const { startLocalRuntime } = await import('./runtime.ts');
  const { readyLine, banner } = await import('./banner.ts');
  starting = startLocalRuntime({
    ...options,
    columns: () => process.stdout.columns,
    colours: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
    onLine: (line) => console.log(line),
    onUnexpectedExit: (error) => {
      console.error(error.message);
      void stop(1);
    },
    signal: stopping.signal,
  });
  const runtime = await starting;
  console.log(banner(runtime, { ...options, columns: process.stdout.columns }));
  console.log(readyLine(runtime));
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(error instanceof Error && ['UsageError', 'SettingError'].includes(error.name) ? 2 : 1);
  }
}

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  setTimeout(() => process.exit(code), stopWithinMs).unref();
  // A start that still goes on is given up first, so that nothing is left behind.
  await starting?.then((runtime) => runtime[Symbol.asyncDispose]()).catch(() => {});
  process.exit(code);
}
