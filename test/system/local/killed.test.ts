import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually } from '../../support/eventually.ts';
import { eachStart, root } from './started.ts';

const start = eachStart();

test('a start that is killed leaves no DynamoDB Local behind', async () => {
  const program = `
    const { startDynamoDb } = await import('./infra/local/dynamodb.ts');
    const hooks = { signal: new AbortController().signal, onUnexpectedExit: () => {} };
    console.log((await startDynamoDb({ engine: 'dynamodb-local', port: 0 }, hooks)).url);
    setInterval(() => {}, 60_000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  expect((await fetch(url)).status).toBe(400);
  child.kill('SIGKILL');
  await eventually('nothing answers there', () =>
    fetch(url).then(
      () => false,
      () => true,
    ),
  );
});

test('the next start removes the folder of one that was killed, and no other', async () => {
  const temporary = mkdtempSync(join(tmpdir(), 'killed-'));
  const ofMine = mkdtempSync(join(temporary, `local-bridge-${process.pid}-`));
  const killed = start([], { TMPDIR: temporary });
  await eventually('it has a folder', async () => readdirSync(temporary).length === 2);
  killed.child.kill('SIGKILL');
  await killed.ended();
  expect(readdirSync(temporary)).toHaveLength(2);
  const next = start([], { TMPDIR: temporary });
  await next.printed('synthesizing the stack');
  next.child.kill('SIGINT');
  expect(await next.ended()).toBe(0);
  expect(readdirSync(temporary).map((name) => join(temporary, name))).toEqual([ofMine]);
  rmSync(temporary, { recursive: true });
});
