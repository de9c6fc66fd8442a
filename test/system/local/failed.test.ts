import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../../support/eventually.ts';
import { eachRuntime } from '../../support/local-runtime.ts';
import { runOps } from '../../support/ops.ts';

const at = eachRuntime({ speed: 60 });

test('what npm start runs is looked into and redriven with --local, however fast its clock runs', async () => {
  const { urls } = at.runtime;
  const fault = { operation: 'POST /listings', status: 400 };
  await fetch(new URL('/_simulator/faults', urls.igf), {
    method: 'POST',
    body: JSON.stringify(fault),
  });
  const posted = await fetch(`${urls.api}/winkelstraat/push-api/v2/rma`, {
    method: 'POST',
    headers: { 'x-api-key': 'local-winkelstraat-key', 'x-version': '2.1.0' },
    body: readFileSync(join(import.meta.dirname, '../../samples/push-api-v2-rma.json')),
  });
  expect(posted.status).toBe(202);

  const listed = await eventually('it is parked', async () => {
    const run = await runOps('failed', '--local');
    return run.lines.includes('winkelstraat: 1 message in the DLQ, 1 parked in the table.') && run;
  });
  expect(listed.text).toMatch(/^push-api\/v2\/rma .* order 000000549 {2}parked /);
  // Seen from this machine's clock, it would be parked in the future: 0 s ago.
  await eventually('its age is that of the local clock', async () =>
    /parked .* \([1-9]\d* (s|min)/.test((await runOps('failed', '--local')).text),
  );
  for (const queue of ['igf', 'quarantine']) {
    expect(listed.lines).toContain(`${queue}: 0 messages in the DLQ, 0 parked in the table.`);
  }
  expect((await runOps('failed', 'redrive', '--local', '--preview')).text).toMatch(/→ POST \/listings \{/);

  expect(await runOps('failed', 'redrive', '--local')).toMatchObject({ code: 0 });
  await eventually('it is done', async () => (await runOps('failed', '--local')).code === 0);
  await eventually('it is printed', async () =>
    at.lines.some((line) => /^\d\d:\d\d:\d\dZ {2}done /.test(line)),
  );
});
