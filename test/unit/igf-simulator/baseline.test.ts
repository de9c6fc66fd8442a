import { startIgfSimulator } from '../../../infra/igf-simulator/simulator.ts';

test('a baseline clears the recorded requests, and a reset restores its subscriptions', async () => {
  const simulator = await startIgfSimulator({ port: 0, apiKey: 'a-key' });
  const call = async (method: string, path: string, body?: unknown) =>
    fetch(simulator.url + path, {
      method,
      headers: { 'api-key': 'a-key', 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const control = (method: string, path = '') =>
    fetch(`${new URL(simulator.url).origin}/_simulator${path}`, { method });
  const shipped = { eventType: 'SHIPPED', url: 'http://127.0.0.1:9/first' };

  await call('POST', '/webhooks', shipped);
  simulator.markBaseline();
  expect(await (await control('GET', '/requests')).json()).toEqual([]);

  await call('DELETE', '/webhooks/eventType/SHIPPED');
  await call('POST', '/webhooks', { eventType: 'REFUND', url: 'http://127.0.0.1:9/later' });
  await control('DELETE');
  expect(await (await call('GET', '/webhooks')).json()).toEqual([{ id: 1, ...shipped }]);
  await simulator.close();
});
