import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';

const at = eachRuntime({ speed: 3600 });

const printed = (pattern: RegExp): Promise<boolean> =>
  eventually(String(pattern), async () => at.lines.some((line) => pattern.test(line)));

test('says that an event does not reach it any more, once somebody took its subscription', async () => {
  const { igf } = at.runtime.urls;
  const headers = { 'api-key': 'local-igf-key', 'content-type': 'application/json' };
  await printed(/ called .*GET \/webhooks 200$/);
  expect(at.lines.join('\n')).not.toContain('subscription-lost');

  await fetch(`${igf}/webhooks/eventType/SHIPPED`, { method: 'DELETE', headers });
  const body = JSON.stringify({ eventType: 'SHIPPED', url: 'http://127.0.0.1:9/s3cret' });
  await fetch(`${igf}/webhooks`, { method: 'POST', headers, body });
  await printed(/ subscription-lost +IGF does not send us SHIPPED\.$/);
  expect(at.lines.join('\n')).not.toContain('s3cret');
});
