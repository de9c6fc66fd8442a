import { type LocalServer, startServer } from '../../../infra/local/listen.ts';
import { httpProxy, type ProxyFault } from '../../support/http-proxy.ts';

let service: LocalServer;
let proxy: LocalServer;
let next: ProxyFault | undefined;
const operations: string[] = [];
const reached: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  service = await startServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    reached.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
    response.writeHead(201, { 'x-served': 'yes' }).end('made');
  });
  proxy = await httpProxy(`${service.url}/api`, {
    onCall: ({ operation }) => {
      operations.push(operation);
      return next;
    },
    onAnswer: (call, status, body) => answers.push(`${call.operation} ${status} ${body}`),
  });
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  await service[Symbol.asyncDispose]();
});
beforeEach(() => {
  next = undefined;
  for (const list of [operations, reached, answers]) list.length = 0;
});

const post = (options: RequestInit = {}) =>
  fetch(`${proxy.url}/things?all=1`, { method: 'POST', body: 'é', ...options });
const failed = { status: 500, body: 'no' };

test('a call without a fault passes unchanged', async () => {
  const answer = await post();
  expect([answer.status, answer.headers.get('x-served'), await answer.text()]).toEqual([201, 'yes', 'made']);
  expect(reached).toEqual(['POST /api/things?all=1 é']);
  expect(answers).toEqual(['POST /things 201 made']);
});

test('before the commit: the service is not reached', async () => {
  next = { reaches: false, answer: failed };
  expect((await post()).status).toBe(500);
  expect([reached, answers]).toEqual([[], []]);
});

test('after the commit: the service did it, and the caller gets another answer', async () => {
  next = { reaches: true, answer: failed };
  expect((await post()).status).toBe(500);
  expect(answers).toEqual(['POST /things 201 made']);
});

test('a connection is closed without an answer', async () => {
  next = { reaches: true, answer: 'drop' };
  await expect(post()).rejects.toThrow('fetch failed');
  expect(reached).toHaveLength(1);
});

test('an answer on hold never comes, so the caller gives up', async () => {
  next = { reaches: false, answer: 'hold' };
  await expect(post({ signal: AbortSignal.timeout(50) })).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('another call may reach the service', async () => {
  next = { reaches: true, answer: 'real', instead: () => ({ body: 'other' }) };
  expect((await post()).status).toBe(201);
  expect(reached).toEqual(['POST /api/things?all=1 other']);
});

test('the operations of AWS are named by a header, or by a field of the form', async () => {
  await post({ headers: { 'x-amz-target': 'DynamoDB_20120810.Query' } });
  await post({ body: 'Version=2010-03-31&Action=Publish&Message=x' });
  expect(operations).toEqual(['Query', 'Publish']);
});
