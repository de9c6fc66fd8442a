import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { Life } from './life.ts';
import { randomLife } from './random-life.ts';
import { collectTransitions, type Transition } from './transitions.ts';

test('probe', async () => {
  const seen = new Map<Transition, unknown>();
  const runs = Number(process.env.RUNS ?? 300);
  const t = Date.now();
  await fc.assert(
    fc.asyncProperty(randomLife, async ({ policy, happenings }) => {
      const life = new Life(policy);
      const own = new Set<Transition>();
      collectTransitions(life.bridge.table, own);
      for (const [i, happening] of happenings.entries()) {
        const before = own.size;
        await life.live(happening);
        if (own.size > before)
          for (const one of own) if (!seen.has(one)) seen.set(one, { policy, h: happenings.slice(0, i + 1) });
      }
    }),
    { numRuns: runs, seed: Number(process.env.SEED ?? 1), endOnFailure: true },
  );
  writeFileSync(
    '/tmp/seen.txt',
    [...seen]
      .map(([k, v]) => `${k}  ${JSON.stringify(v)}`)
      .sort()
      .join('\n'),
  );
  console.log(Date.now() - t, seen.size);
}, 600000);
