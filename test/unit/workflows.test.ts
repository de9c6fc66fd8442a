import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const workflows = globSync('.github/workflows/*.yml', { cwd: root });

test.each(workflows)('%s uses each action by the hash of a commit, which nobody can move', (file) => {
  const used = [...readFileSync(join(root, file), 'utf8').matchAll(/uses: *(.+)/g)].map(
    ([, action]) => action,
  );

  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((action) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d/.test(action ?? ''))).toEqual([]);
});
