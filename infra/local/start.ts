import type { LocalRuntime } from './runtime.ts';

/** When ending takes longer, something hangs: whoever pressed Ctrl-C has waited enough. */
const endWithinMs = 2000;

const stopping = new AbortController();
let starting: Promise<LocalRuntime> | undefined;

// Before anything is loaded, which takes half a second. A second Ctrl-C changes nothing: npm passes the first one on,
// so that it often comes twice.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));

try {
  // Functions run in UTC on Lambda, and threads can't have a time zone of their own. People read their own time.
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  process.env.TZ = 'UTC';
  const { helpText, readCommandLine } = await import('./options.ts');
  const { help, ...options } = readCommandLine(process.argv.slice(2), process.env);
  if (help) {
    console.log(helpText);
    process.exit(0);
  }
  const { startLocalRuntime } = await import('./runtime.ts');
  const { readyLine, welcome } = await import('./welcome.ts');
  starting = startLocalRuntime({
    ...options,
    timeZone,
    colours: Boolean(process.stdout.isTTY) && !process.env.NO_COLOR,
    onLine: (line) => console.log(line),
    onDeath: (error) => {
      console.error(error.message);
      void stop(1);
    },
    signal: stopping.signal,
  });
  const runtime = await starting;
  console.log(welcome(runtime, { speed: options.speed, winkelstraatKey: options.secrets.winkelstraat }));
  console.log(readyLine(runtime));
} catch (error) {
  if (!stopping.signal.aborted) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

async function stop(code: number): Promise<void> {
  if (stopping.signal.aborted) return;
  stopping.abort();
  setTimeout(() => process.exit(code), endWithinMs).unref();
  // While starting this waits for the start to be given up, so that nothing is left behind.
  await starting?.then((runtime) => runtime.close()).catch(() => {});
  process.exit(code);
}
