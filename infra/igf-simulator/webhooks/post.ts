const timeoutMs = 10_000;

/** What became of one attempt: the status that was answered; no answer; or a URL that is not on this machine. */
export type Outcome = number | 'failed' | 'foreign';

/** POSTs to this machine only: made-up customers must not reach a real address. IGF promises no second attempt. */
export async function post(url: string, text: string, signal: AbortSignal): Promise<Outcome> {
  if (!isLoopback(url)) return 'foreign';
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: text,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 'failed';
  }
}

function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}
