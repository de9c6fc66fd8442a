import { text } from 'node:stream/consumers';
import { type LocalServer, startServer } from '../../../infra/local/listen.ts';

/** An IGF that only lists. While it is down it takes connections and never answers, which costs a caller the most. */
export interface IgfStub extends LocalServer {
  /** When each call arrived, in milliseconds of `performance.now()`. */
  readonly calls: readonly number[];
  /** Takes effect for new calls. */
  down(is: boolean): void;
}

/** @param answerMs how long each answer takes */
export async function startIgfStub(answerMs: number): Promise<IgfStub> {
  const calls: number[] = [];
  let isDown = false;
  let id = 0;
  const server = await startServer(async (request, response) => {
    calls.push(performance.now());
    const body = await text(request);
    if (isDown) return;
    const { sku, returnReasonComment } = body ? JSON.parse(body) : {};
    id += 1;
    const listing = { id, sku, returnReasonComment, status: 'Available' };
    const answer = JSON.stringify(request.method === 'GET' ? [] : listing);
    setTimeout(() => {
      response.writeHead(request.method === 'POST' ? 201 : 200, { 'content-type': 'application/json' });
      response.end(answer);
    }, answerMs);
  });
  return {
    ...server,
    url: `${server.url}/api/v1`,
    calls,
    down: (is) => {
      isDown = is;
    },
  };
}
