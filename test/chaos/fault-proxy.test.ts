import { createServer, type Server } from 'node:http';
import { type LocalServer, listen } from '../../infra/local/listen.ts';
import type { Fault } from './faults/fault.ts';
import { faultProxy } from './faults/fault-proxy.ts';

let service: Server;
let proxy: LocalServer;
let next: Fault | undefined;
const reached: string[] = [];
const answers: string[] = [];

beforeAll(async () => {
  service = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    reached.push(`${request.method} ${request.url} ${Buffer.concat(chunks)}`);
    response.writeHead(201, { 'x-served': 'yes' }).end('made');
  });
  proxy = await faultProxy({
    target: `http://127.0.0.1:${await listen(service, 0)}/api`,
    operationOf: ({ method, path }) => `${method} ${path}`,
    faultOf: () => next,
    onAnswer: (call, status, body) => answers.push(`${call.operation} ${status} ${body}`),
  });
});
afterAll(async () => {
  await proxy[Symbol.asyncDispose]();
  service.close();
});
beforeEach(() => {
  next = undefined;
  reached.length = 0;
  answers.length = 0;
});

const post = (signal?: AbortSignal) =>
  fetch(`${proxy.url}/things`, { method: 'POST', body: 'é', ...(signal && { signal }) });
const failed = { status: 500, body: 'no' };

test('a call without a fault passes as it is', async () => {
  const answer = await post();
  expect([answer.status, answer.headers.get('x-served'), await answer.text()]).toEqual([201, 'yes', 'made']);
  expect(reached).toEqual(['POST /api/things é']);
  expect(answers).toEqual(['POST /things 201 made']);
});

test('before the commit: the service hears nothing', async () => {
  next = { name: 'f', share: 1, reaches: false, answer: failed };
  expect((await post()).status).toBe(500);
  expect([reached, answers]).toEqual([[], []]);
});

test('after the commit: the service did it, the caller hears otherwise', async () => {
  next = { name: 'f', share: 1, reaches: true, answer: failed };
  expect((await post()).status).toBe(500);
  expect(answers).toEqual(['POST /things 201 made']);
});

test('a connection is closed without an answer', async () => {
  next = { name: 'f', share: 1, reaches: true, answer: 'drop' };
  await expect(post()).rejects.toThrow('fetch failed');
  expect(reached).toHaveLength(1);
});

test('an answer that is held back never comes: the caller gives up', async () => {
  next = { name: 'f', share: 1, reaches: false, answer: 'hold' };
  await expect(post(AbortSignal.timeout(50))).rejects.toMatchObject({ name: 'TimeoutError' });
});

test('the service may be asked for something else', async () => {
  next = { name: 'f', share: 1, reaches: true, answer: 'real', instead: () => ({ body: 'other' }) };
  expect((await post()).status).toBe(201);
  expect(reached).toEqual(['POST /api/things other']);
});
