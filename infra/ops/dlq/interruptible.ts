/**
 * npm passes on Ctrl-C, so the signal arrives twice. Within this time, in milliseconds, a second signal
 * counts as the same key press.
 */
const echoMs = 1000;

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs long work. The first Ctrl-C signals the work to end. A second Ctrl-C ends the process as usual. */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  let first: number | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    first ??= performance.now();
    stop.abort();
    if (performance.now() - first < echoMs) return;
    release();
    process.kill(process.pid, signal);
  };
  const release = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return work(stop.signal).finally(release);
}
