import { Hono } from 'hono';
import { sameOrigin } from '../../../../infra/local/page/same-origin.ts';

const app = new Hono().use(sameOrigin).all('/', ({ text }) => text('the page'));

const send = (method: string, headers: Record<string, string>) =>
  app.request('/', { method, headers: { host: '127.0.0.1:3000', ...headers } });

test.each([
  ['a person opens it', 'GET', {}],
  ['it is opened by its other name, on a forwarded port', 'GET', { host: 'localhost:8080' }],
  ['its own script reads', 'GET', { origin: 'http://127.0.0.1:3000' }],
  ['its own button is pressed', 'POST', { origin: 'http://127.0.0.1:3000' }],
])('answers when %s', async (_when, method, headers) => {
  expect((await send(method, headers as Record<string, string>)).status).toBe(200);
});

test.each([
  ['another name of this machine', 'GET', { host: 'attacker.example:3000' }],
  ['a name that begins with its own', 'GET', { host: '127.0.0.1.attacker.example' }],
  ['another name, and that origin', 'POST', { host: 'a.example', origin: 'http://a.example' }],
])('refuses %s', async (_what, method, headers) => {
  const answer = await send(method, headers as Record<string, string>);
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining('http://localhost only'),
  ]);
});

test.each([
  ['a script of another site', 'GET', 'https://attacker.example'],
  ['a form of another site', 'POST', 'https://attacker.example'],
  ['another program of this machine', 'POST', 'http://127.0.0.1:4000'],
  ['a sandboxed frame', 'POST', 'null'],
  ['a post of unknown origin', 'POST', undefined],
])('refuses %s', async (_what, method, origin) => {
  const answer = await send(method, origin === undefined ? {} : { origin });
  expect([answer.status, await answer.text()]).toEqual([
    403,
    expect.stringContaining('Only the page itself'),
  ]);
});
