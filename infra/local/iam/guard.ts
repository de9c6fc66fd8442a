import type { IncomingHttpHeaders, IncomingMessage, Server } from 'node:http';
import { decide } from './policy.ts';
import { sharedPrincipals, userOf } from './principals.ts';
import { accessesOf, type Denial, denial, readCall, signatureOf, unknownKey } from './wire.ts';

/** The key of the runtime itself and of the person at this machine, who may do everything. */
const administratorKey = 'local';

/**
 * Lets a service of this machine do only what the policy of the caller's role allows. It answers all else as AWS does.
 * A call without a signature is nobody's. Whatever is not a POST is no call of AWS's JSON and query protocols.
 * @param folder see `sharedPrincipals`; without one everything passes
 */
export function guard(server: Server, folder: string | undefined): void {
  if (folder === undefined) return;
  const judge = judgeOf(folder);
  const serve = server.listeners('request');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    const pass = (): void => {
      for (const listener of serve) listener.call(server, request, response);
    };
    const { accessKey } = signatureOf(request.headers);
    if (accessKey === administratorKey || request.method !== 'POST') return pass();
    peekBody(request, (body) => {
      const denied = judge(request.headers, body);
      if (!denied) return pass();
      response.writeHead(denied.status, denied.headers).end(denied.body);
    });
  });
}

/** Reads a body of known length, and puts it back for the next reader. */
function peekBody(request: IncomingMessage, use: (body: string) => void): void {
  const chunks: Buffer[] = [];
  let missing = Number(request.headers['content-length'] ?? 0);
  const read = (): void => {
    for (let chunk = request.read(); chunk !== null; chunk = request.read()) {
      chunks.push(chunk);
      missing -= chunk.length;
    }
    if (missing > 0) return;
    request.off('readable', read);
    const body = Buffer.concat(chunks);
    // Before the end is reported, which is not until the next tick.
    if (body.length > 0) request.unshift(body);
    use(body.toString());
  };
  request.on('readable', read);
}

/** Judges calls by what the folder says. */
function judgeOf(folder: string): (headers: IncomingHttpHeaders, body: string) => Denial | undefined {
  const shared = sharedPrincipals(folder);
  const noted = new Set<string>();
  return (headers, body) => {
    const { accessKey, ...signed } = signatureOf(headers);
    const call = readCall(signed, headers, body);
    const principal = shared.read()[accessKey];
    if (!principal) return unknownKey(call);
    for (const access of accessesOf(call)) {
      const { action, resource } = access;
      // Everybody may ask who they are.
      if (action === 'sts:GetCallerIdentity') continue;
      const decision = decide(principal.statements, access);
      const use = [principal.role, action, resource, decision] as const;
      const text = use.join(' ');
      if (!noted.has(text)) shared.note(use);
      noted.add(text);
      if (decision === 'allow') continue;
      return denial(call, userOf(principal), access, decision === 'explicit deny');
    }
    return undefined;
  };
}
