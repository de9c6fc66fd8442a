import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { attentionRules } from '../../lib/decide/rules.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/runbook.md'), 'utf8');

test('the runbook says what to do for each task of people, and for no other', () => {
  const listed = [...page.matchAll(/^\| `([a-z-]+)` \| (.+) \|$/gm)].map(([, task]) => task);
  expect([...listed].sort()).toEqual(Object.keys(attentionRules).sort());
});
