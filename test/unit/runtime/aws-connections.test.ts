import { mkdtempDisposableSync, readFileSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import tls from 'node:tls';
import { listen } from '../../../infra/local/listen.ts';
import { connectionsTo } from '../../../lib/runtime/aws-connections.ts';
import { makeCertificate } from '../../support/certificate.ts';
import { eventually } from '../../support/eventually.ts';
import { failureOf } from '../igf/scripted-server.ts';

let open: AsyncDisposableStack;
beforeEach(() => {
  open = new AsyncDisposableStack();
});
afterEach(() => open.disposeAsync());

/** A server with the number of connections that were made to it. */
async function started(protocol: 'http:' | 'https:', answer: RequestListener) {
  let server: ReturnType<typeof createHttpServer> | ReturnType<typeof createTlsServer>;
  if (protocol === 'http:') server = createHttpServer(answer);
  else {
    const folder = open.use(mkdtempDisposableSync(join(tmpdir(), 'certificate-')));
    const { file, key } = await makeCertificate(folder.path);
    const cert = readFileSync(file, 'utf8');
    const trusted = tls.getCACertificates('default');
    tls.setDefaultCACertificates([cert]);
    open.defer(() => tls.setDefaultCACertificates(trusted));
    server = createTlsServer({ cert, key: readFileSync(key) }, answer);
  }
  let connections = 0;
  server.on(protocol === 'http:' ? 'connection' : 'secureConnection', () => {
    connections += 1;
  });
  const port = await listen(server as Server as Parameters<typeof listen>[0], 0);
  open.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  return { server, url: new URL(`${protocol}//localhost:${port}`), connections: () => connections };
}
const answerOk: RequestListener = (request, response) => request.resume().on('end', () => response.end('{}'));
const ok = { status: 200, text: '{}' };

describe.each(['http:', 'https:'] as const)('over %s', (protocol) => {
  test('the first request takes the connection that was opened ahead, and the next ones keep it', async () => {
    const { url, connections } = await started(protocol, answerOk);
    const at = connectionsTo(url, 5000);
    await at.open();
    await eventually('the server has the connection', async () => connections() === 1, 5000);

    expect([await at.post({}, 'one'), await at.post({}, 'two')]).toEqual([ok, ok]);
    expect(connections()).toBe(1);
  });

  test('a connection that was opened ahead and has ended since is replaced', async () => {
    const { server, url, connections } = await started(protocol, answerOk);
    const at = connectionsTo(url, 5000);
    await at.open();
    await eventually('the server has the connection', async () => connections() === 1, 5000);
    server.closeAllConnections();

    const answer = async () => {
      const one = await at.post({}, 'one').catch(() => undefined);
      return one?.status === 200;
    };
    await eventually('a request is answered', answer, 5000);
    expect(connections()).toBe(2);
  });

  test('without a connection ahead the request opens one', async () => {
    const { url, connections } = await started(protocol, answerOk);

    expect(await connectionsTo(url, 5000).post({}, 'one')).toEqual(ok);
    expect(connections()).toBe(1);
  });

  test('a request that is not answered in time fails', async () => {
    const { url } = await started(protocol, (request) => request.resume());

    expect(await failureOf(connectionsTo(url, 300).post({}, 'one'))).toMatchObject({ name: 'TimeoutError' });
  });

  test('an answer that does not end in time fails', async () => {
    const { url } = await started(protocol, (_request, response) => void response.write('{'));

    expect(await failureOf(connectionsTo(url, 300).post({}, 'one'))).toMatchObject({ name: 'TimeoutError' });
  });

  test.each([
    ['at once', (socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}')],
    ['to end its answer', (socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n{}')],
    [
      'abruptly',
      (socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}', () => socket.destroy()),
    ],
  ] as [string, (socket: Socket) => unknown][])(
    'an answer whose server closes the connection %s is an answer',
    async (_how, answer) => {
      const { url } = await started(protocol, ({ socket }) => void answer(socket));

      for (let times = 0; times < 20; times += 1)
        expect(await connectionsTo(url, 1000).post({}, 'one')).toEqual(ok);
    },
  );

  test('a connection that nobody accepts fails, and so does a request after it', async () => {
    const { server, url } = await started(protocol, answerOk);
    await new Promise((resolve) => server.close(resolve));
    const at = connectionsTo(url, 5000);

    for (const attempt of [at.open, () => at.post({}, 'one')]) {
      expect(await failureOf(attempt())).toMatchObject({ code: 'ECONNREFUSED' });
    }
  });
});

test('a handshake that does not end in time fails', async () => {
  const silent = createHttpServer();
  silent.removeAllListeners('connection');
  silent.on('connection', (socket) => open.defer(() => void socket.destroy()));
  const port = await listen(silent, 0);
  open.defer(() => void silent.close());

  const opening = connectionsTo(new URL(`https://127.0.0.1:${port}`), 300).open();
  expect(await failureOf(opening)).toMatchObject({ name: 'TimeoutError' });
});

test('a certificate that nobody vouches for is refused', async () => {
  const { url } = await started('https:', answerOk);
  tls.setDefaultCACertificates([]);

  expect(await failureOf(connectionsTo(url, 5000).open())).toMatchObject({
    code: expect.stringContaining('CERT'),
  });
});
