import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

/** As long as a busy machine may take; all three together take two to three minutes. */
jest.setTimeout(600_000);

const root = join(import.meta.dirname, '../..');
const running = new Set<ReturnType<typeof spawn>>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function chaos(...args: string[]): Promise<{ code: unknown; report: string }> {
  const child = spawn(process.execPath, ['infra/chaos/chaos.ts', ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.add(child);
  const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  running.delete(child);
  return { code, report };
}

const seeds = [1, 2, 3];
/** All at once: a run waits most of its time, for claims to end and for the reconciler's turn. */
const reports = new Map<number, ReturnType<typeof chaos>>();
beforeAll(() => {
  for (const seed of seeds) reports.set(seed, chaos('--webhooks', '300', '--seed', String(seed)));
});

test.each(seeds)(
  '300 webhooks of random orders lose nothing and double nothing while everything around fails (seed %i)',
  async (seed) => {
    const { code, report = '' } = (await reports.get(seed)) ?? {};
    // The whole report, so that a difference is read where it is found.
    expect(report).toMatch(/\nlost 0, doubled 0, wrong 0\n$/);
    expect(code).toBe(0);
    for (const kind of [
      'DynamoDB: throttled',
      'IGF: 500 after the commit',
      'SQS: 500 after a send',
      'killed:',
    ]) {
      expect(report).toContain(kind);
    }
  },
);
