import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../..');

test('no command asks this machine for the time: the bridge has its own', () => {
  const asking = globSync('infra/ops/**/*.ts', { cwd: root }).flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .filter((line) => /\bDate\.now\b|new Date\(\)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(asking).toEqual(['infra/ops/aws/open-bridge.ts: now: world?.now ?? Date.now,']);
});
