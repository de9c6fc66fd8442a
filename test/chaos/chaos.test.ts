import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, expect, test } from '@jest/globals';
import { isLong } from '../support/long-form.ts';

/** As long as a busy machine may take; on an idle one it is a minute. */
const root = join(import.meta.dirname, '../..');
const running = new Set<ReturnType<typeof spawn>>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

async function chaos(...args: string[]): Promise<{ code: unknown; report: string }> {
  const child = spawn(process.execPath, ['test/chaos/chaos.ts', ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  running.add(child);
  const [report, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  running.delete(child);
  return { code, report };
}

const otherSettings =
  '--forward each-item --tracked-returns hold --sku article_number --webshop-order-id po_number';
const faults = [
  'DynamoDB: throttled',
  'IGF: 500 after the commit',
  'SQS: 500 after a send',
  'SQS: delivered twice at once',
  'SQS: delivered again after its delete',
  'killed:',
];
type Run = readonly [webhooks: number, seed: number, settings: string];
/** This seed draws every kind of fault early. */
const short: readonly Run[] = [[60, 1986, otherSettings]];
const long: readonly Run[] = [
  [300, 1, ''],
  [300, 2, '--forward each-item'],
  [300, 3, otherSettings],
];

// One after the other: three at once get so little of a small machine each that a day of local time ends before the
// messages had all their attempts.
test.each(isLong ? long : short)(
  '%i webhooks of random orders are neither lost nor doubled while everything around the bridge fails (seed %i %s)',
  async (webhooks, seed, settings) => {
    const more = settings.split(' ').filter((word) => word !== '');
    const { code, report } = await chaos('--webhooks', String(webhooks), '--seed', String(seed), ...more);
    // The whole report, so that a failed run shows its differences.
    expect(report).toMatch(/\nlost 0, doubled 0, wrong 0\n$/);
    expect(code).toBe(0);
    for (const kind of faults) expect(report).toContain(kind);
  },
);
