import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  eventType: string;
  // biome-ignore lint/suspicious/noExplicitAny: the tests are about the content of webhooks
  body: any;
  contentType: string | undefined;
}

/**
 * A subscriber for each test of the file that calls this: it records what it receives and answers as `answer`
 * says.
 */
export function inbox() {
  const received: Received[] = [];
  const answer = { status: 200, never: false };
  let server: Server;

  beforeEach(async () => {
    received.length = 0;
    Object.assign(answer, { status: 200, never: false });
    server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      received.push({
        eventType: String(request.url).slice(1),
        body: JSON.parse(Buffer.concat(chunks).toString()),
        contentType: request.headers['content-type'],
      });
      if (!answer.never) response.writeHead(answer.status).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  return {
    received,
    answer,
    url: (eventType: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${eventType}`,
  };
}
