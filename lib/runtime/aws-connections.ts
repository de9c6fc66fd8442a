import { Agent as HttpAgent, request as httpRequest } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { isIP, type Socket } from 'node:net';
import type { SecureContext } from 'node:tls';

const noAnswer = () => Object.assign(new Error('There was no answer in time.'), { name: 'TimeoutError' });

/** What connections by TLS may share, such as the authorities that Node trusts. Each makes its own without it. */
export interface SharedTls {
  readonly secureContext?: SecureContext;
}

/**
 * Connections to one address, which stay open between requests.
 * @param timeoutMs for a connection, and for a request with its answer
 */
export function connectionsTo({ protocol, hostname, port }: URL, timeoutMs: number, shared: SharedTls = {}) {
  const isTls = protocol === 'https:';
  const agent = new (isTls ? HttpsAgent : HttpAgent)({ keepAlive: true, ...shared });
  const connect = agent.createConnection.bind(agent);
  let opened: Socket | undefined;
  agent.createConnection = (options, callback) => {
    const socket = opened;
    opened = undefined;
    return socket?.writable ? socket : connect(options, callback);
  };
  return {
    /** Opens the connection that the next request takes, so that the request does not wait for it. */
    open: (): Promise<void> =>
      new Promise((resolve, reject) => {
        const servername = isIP(hostname) ? '' : hostname;
        const address = { host: hostname, port, ...(isTls && { servername }) };
        const socket = connect({ ...address, ...shared }) as Socket;
        const timer = setTimeout(() => socket.destroy(noAnswer()), timeoutMs);
        socket.on('error', reject).once('close', () => clearTimeout(timer));
        socket.once(isTls ? 'secureConnect' : 'connect', () => {
          clearTimeout(timer);
          opened = socket;
          resolve();
        });
      }),
    /** Posts to `/`. @returns an answer of any status @throws the system's error */
    post: (headers: Record<string, string>, body: string): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const options = { protocol, hostname, port, method: 'POST', path: '/', headers, agent };
        const sent = (isTls ? httpsRequest : httpRequest)(options, (response) => {
          let text = '';
          response.setEncoding('utf8').on('error', reject);
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          const answered = (): void => resolve({ status: response.statusCode ?? 0, text });
          // Once the request is closed, the next one may take its connection. A server that closes it may be first.
          response.on('end', () => (sent.closed ? answered() : sent.once('close', answered)));
        });
        const timer = setTimeout(() => sent.destroy(noAnswer()), timeoutMs);
        sent.on('error', reject).once('close', () => clearTimeout(timer));
        sent.end(body);
      }),
  };
}
