import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jobsOf } from './plan.ts';
import { scenarios } from './scenarios.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reliability.md'), 'utf8');
const overtaken = { 1: 'once', 2: 'twice' };

test('docs/reliability.md lists each scenario, what happens in it, and its bound', () => {
  const bounds = new Map(jobsOf({ seed: 1, seeds: 0 }).map((job) => [job.scenario, job.bounds.preemptions]));
  const expected = Object.entries(scenarios).map(([name, { title }]) => {
    const bound = bounds.get(name) as keyof typeof overtaken | undefined;
    return `| ${name} | ${title} | ${bound ? overtaken[bound] : 'at any call'} | `;
  });
  const [, table = ''] = /\| scenario \| what happens.*\n.*\n((?:\|.*\n)+)/.exec(page) ?? [];
  const listed = table
    .trim()
    .split('\n')
    .map((row) => /^(?:\|[^|]*){3}\| /.exec(row)?.[0]);
  expect(listed).toEqual(expected);
});
