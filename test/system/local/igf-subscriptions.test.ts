import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eachStart, root } from './started.ts';

const start = eachStart();

test('has IGF’s eight webhooks posted to it from the start, and never shows the token', async () => {
  const bridge = start([], { SPEED: '60' });
  await bridge.printed(/^ready .*\n/m);
  const { api, igf } = JSON.parse(/^ready (.*)$/m.exec(bridge.output())?.[1] ?? '');
  const simulator = `${new URL(igf).origin}/_simulator`;
  const subscriptions = async (): Promise<{ eventType: string; url: string }[]> => {
    const answer = await fetch(`${igf}/webhooks`, { headers: { 'api-key': 'local-igf-key' } });
    return (await answer.json()) as { eventType: string; url: string }[];
  };

  expect(bridge.output()).toMatch(/POST \/igf\/v1\/<event>\/\{token\} {2}add-listing, .*refund$/m);
  expect(bridge.output()).toContain(`POST ${simulator}/orders {"listingId": 1}`);
  expect(bridge.output()).toContain(`GET ${simulator}\n`);
  expect(await (await fetch(`${simulator}/requests`)).json()).toEqual([]);

  const atFirst = await subscriptions();
  expect(atFirst).toHaveLength(8);
  const url = atFirst.find(({ eventType }) => eventType === 'ADD_LISTING')?.url ?? '';
  expect(url.startsWith(`${api}/igf/v1/add-listing/`)).toBe(true);
  const token = url.split('/').at(-1) ?? '';
  expect(token.length).toBeGreaterThanOrEqual(32);

  await fetch(simulator, { method: 'DELETE' });
  expect(await subscriptions()).toEqual(atFirst);

  await fetch(`${api}/winkelstraat/push-api/v2/rma`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-winkelstraat-key', 'x-version': '2.1.0' },
    body: readFileSync(join(root, 'test/samples/push-api-v2-rma.json')),
  });
  await bridge.printed(/ received +v1\/add-listing\/\{token\}$/m);
  await bridge.printed(/ queued +v1\/add-listing {2}event /m);
  await bridge.printed(/ done +v1\/add-listing {2}event \w+ {2}order \d+/m);

  const mistaken = [
    fetch(url, { method: 'PUT' }),
    fetch(url.replace('add-listing', 'ad-listing'), { method: 'POST' }),
    fetch(`${url}/more`, { method: 'POST' }),
    fetch(url, { method: 'POST', body: 'x'.repeat(11 * 1024 * 1024) }),
    fetch(url, { method: 'POST', body: 'no json' }),
  ];
  expect((await Promise.all(mistaken)).map(({ status }) => status)).toEqual([404, 404, 404, 413, 406]);
  await bridge.printed(/ not-accepted +v1\/add-listing {2}event \w+ {2}406/m);

  bridge.child.kill('SIGINT');
  expect(await bridge.ended()).toBe(0);
  expect(bridge.output() + bridge.errors()).not.toContain(token);
  expect(bridge.errors()).toBe('');
});
